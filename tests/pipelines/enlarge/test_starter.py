from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.enlarge.starter import choose_network, variants
from tests.requirements import real_starter


@pytest.mark.parametrize(
    ("variant", "scale", "name"),
    [
        ("animevideov3", 1.5, "realesr-animevideov3-x2"),
        ("animevideov3", 2, "realesr-animevideov3-x2"),
        ("animevideov3", 2.5, "realesr-animevideov3-x3"),
        ("animevideov3", 8, "realesr-animevideov3-x4"),
        ("", 2, "realesrgan-x4plus"),
        ("x4plus-anime", 4, "realesrgan-x4plus-anime"),
    ],
)
def test_the_network_that_just_suffices(variant: str, scale: float, name: str) -> None:
    found = choose_network(real_starter("real-esrgan"), variant, scale)
    assert found.name == name
    assert len(found.sha256) == 64


def test_a_variant_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="x9") as caught:
        choose_network(tmp_path, "x9", 4)
    assert caught.value.code == "unknown_network"


def test_there_are_three() -> None:
    assert set(variants()) == {"x4plus", "x4plus-anime", "animevideov3"}
