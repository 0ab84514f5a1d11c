"""One model is kept for all pipelines of a child; another takes its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.api import TextToImageRequest
from pipelines.inpaint.pipeline import Inpaint
from pipelines.model_slot import SHARED, ModelSlot, model_of
from pipelines.text_to_image import TextToImage

Tiny = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _on_the_cpu(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FABULA_HOME", str(shared_home))
    monkeypatch.setenv("FABULA_DEVICE", "cpu")


def test_the_last_model_stays_until_another_is_asked_for(tiny: Tiny) -> None:
    slot = ModelSlot()
    requests = [TextToImageRequest(str(tiny(family)), "fox") for family in ("sd1", "sdxl")]
    first = slot.load(model_of(requests[0]), requests[0], lambda _message: None)
    assert slot.load(model_of(requests[0]), requests[0], lambda _message: None) is first
    second = slot.load(model_of(requests[1]), requests[1], lambda _message: None)
    assert second is not first
    assert first.pipe is None, "two models at once"
    slot.unload()
    assert slot.model is None
    assert second.pipe is None
    slot.unload()


def test_all_pipelines_of_a_child_share_one() -> None:
    assert TextToImage()._slot is Inpaint()._slot is SHARED


def test_a_file_is_completed_from_the_folder_that_is_named(tiny: Tiny, tmp_path: Path) -> None:
    request = TextToImageRequest(str(tiny("sd1")), "fox", companion=str(tmp_path))
    assert model_of(request).companion is None, "it lacks nothing"
    assert model_of(replace(request, companion="")) == model_of(request)
