"""Fixtures of the inpainting tests: small pictures and masks as files, tiny real models."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipelines.composing import compose
from pipelines.edit_requests import EditResult, InpaintRequest, Margins, Patch, RemoveRequest
from pipelines.inpaint.pipeline import Inpaint
from pipelines.inpaint.remove import remove
from pipelines.model_slot import ModelSlot
from tests.scripted_context import ScriptedContext


def colourful(width: int, height: int, seed: int = 0) -> Image.Image:
    """Soft colour fields with some grain: no two rows are alike."""
    random = np.random.default_rng(seed)
    fields = Image.fromarray(random.integers(0, 256, (4, 4, 3), dtype=np.uint8))
    soft = np.asarray(fields.resize((width, height), Image.Resampling.BICUBIC)).astype(np.int16)
    grain = random.integers(-6, 7, (height, width, 3))
    return Image.fromarray(np.clip(soft + grain, 0, 255).astype(np.uint8))


def mask_of(size: tuple[int, int], *boxes: tuple[int, int, int, int]) -> Image.Image:
    """White in the boxes, right and bottom left out."""
    mask = Image.new("L", size)
    for box in boxes:
        mask.paste(255, box)
    return mask


@dataclass
class Workshop:
    """Inpainting and removing in this process, on files in `folder`."""

    folder: Path
    inpaint: Inpaint = field(default_factory=lambda: Inpaint(ModelSlot()))
    runs: int = 0

    def saved(self, image: Image.Image, name: str = "picture.png") -> str:
        path = self.folder / name
        image.save(path)
        return str(path)

    def context(self, cancel_at: int = 0) -> ScriptedContext:
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        folder.mkdir()
        return ScriptedContext(folder, cancel_at)

    def draw(self, request: InpaintRequest, ctx: ScriptedContext | None = None) -> EditResult:
        self.inpaint.load(request, lambda _message: None)
        return self.inpaint.run(request, ctx or self.context())

    def fill(self, request: RemoveRequest, ctx: ScriptedContext | None = None) -> EditResult:
        return remove(request, ctx or self.context())


def laid_on(picture: Image.Image, patch: Patch, margins: Margins = Margins()) -> Image.Image:  # noqa: B008
    with Image.open(patch.path) as image:
        return compose(picture, image, (patch.x, patch.y), margins)


@pytest.fixture
def workshop(tmp_path: Path, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setenv("FABULA_HOME", str(shared_home))
    monkeypatch.setenv("FABULA_DEVICE", "cpu")
    return Workshop(tmp_path)


@pytest.fixture(scope="session")
def small(
    tiny: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """`small("flux")` is that tiny model, and says of itself that it likes 64 × 64 pixels."""
    root = tmp_path_factory.mktemp("small")

    @cache
    def folder(family: str) -> Path:
        copy = root / f"small-{family}"
        shutil.copytree(tiny(family), copy)
        facts = {"defaults": {"width": 64, "height": 64}}
        (copy / "fabula.json").write_text(json.dumps(facts), encoding="utf-8")
        return copy

    return folder


def request_of(model: Path, picture: str, mask: str = "", **changes: Any) -> InpaintRequest:
    settings: dict[str, Any] = {"prompt": "a red castle", "steps": 2, "guidance": 4.0, "seed": 7}
    return InpaintRequest(model=str(model), picture=picture, mask=mask, **settings | changes)
