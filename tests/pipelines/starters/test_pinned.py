from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.api import PipelineError
from pipelines.starters.pinned import pinned_sha256
from tests.requirements import real_starter


def test_only_the_starters_own_file_passes(tmp_path: Path) -> None:
    good = real_starter("painting-styles") / "arbitrary_predict.onnx"
    assert len(pinned_sha256("painting-styles", good)) == 64
    data = bytearray(good.read_bytes())
    data[-1] ^= 1
    forged = tmp_path / good.name
    forged.write_bytes(data)
    with pytest.raises(PipelineError) as caught:
        pinned_sha256("painting-styles", forged)
    assert caught.value.code == "wrong_hash"
    with pytest.raises(PipelineError) as caught:
        pinned_sha256("painting-styles", tmp_path / "gone.onnx")
    assert caught.value.code == "not_found"


def test_a_file_that_the_starter_does_not_have(tmp_path: Path) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"external data of somebody")
    with pytest.raises(PipelineError) as caught:
        pinned_sha256("painting-styles", other)
    assert caught.value.code == "wrong_hash"
