"""The pictures of one job, one after another: opened, changed by a network, finished, saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from pipelines import codec
from pipelines.api import JobContext, Picture, PipelineError
from pipelines.enhance_requests import EnhancedResult, EnlargeRequest, NotEnhanced, StyleRequest
from pipelines.finishing import finish, open_mask, resized
from pipelines.pictures import DigitalSource, open_rgb, save_picture
from pipelines.portable import portable
from pipelines.recipe import Recipe
from pipelines.versions import ENHANCING, library_versions

if TYPE_CHECKING:
    Request = StyleRequest | EnlargeRequest

Step = Callable[[int, int], None]

Change = Callable[[Image.Image, Step], Image.Image]
"""Makes the new picture of an RGB one, of any size; it tells how much is done of how much."""

_OF_ALL = frozenset({"disk_full", "read_only", "out_of_memory", "not_found", "wrong_hash"})
"""Failures that every other picture of the job would meet as well."""

_THOUSANDTHS = 1000  # progress within a picture


@dataclass(frozen=True, slots=True)
class Used:
    """What the pictures are made with: a name and a family for a person, the sha256 of the weights
    (several joined by "+"), and the device's title."""

    name: str
    family: str
    sha256: str
    device: str


def enhance(request: Request, ctx: JobContext, change: Change, used: Used) -> EnhancedResult:
    """Does all pictures of the request; each one that is finished is handed out at once.

    A picture that cannot be done does not stop the others, unless it is the only one or they would
    meet the same. Raises PipelineError.
    """
    began = time.monotonic()
    check_common(request)
    pictures: list[Picture] = []
    failed: list[NotEnhanced] = []
    notes: dict[str, None] = {}  # each once, in order
    count = len(request.images)
    for index, name in enumerate(request.images):
        try:
            picture, said = _Work(request, ctx, change, used, index).run(Path(name))
        except PipelineError as error:
            if count == 1 or error.code in _OF_ALL:
                raise
            failed.append(NotEnhanced(index, name, error.code, str(error), error.hint))
            continue
        ctx.produced(picture)
        pictures.append(picture)
        notes |= dict.fromkeys(said if count == 1 else (f"{Path(name).name}: {s}" for s in said))
    seconds = time.monotonic() - began
    return EnhancedResult(tuple(pictures), tuple(failed), used.device, tuple(notes), seconds)


@dataclass(frozen=True, slots=True)
class _Work:
    """One picture of the job."""

    request: Request
    ctx: JobContext
    change: Change
    used: Used
    index: int

    def run(self, path: Path) -> tuple[Picture, tuple[str, ...]]:
        request = self.request
        self._step(0, 1)
        original, notes = open_rgb(path)
        mask = open_mask(Path(request.mask), original.size) if request.mask else None
        made = self.change(original.convert("RGB"), self._step)
        if made.size != original.size:
            original = resized(original, made.size)
            if mask is not None:
                mask = mask.resize(made.size, Image.Resampling.LANCZOS)
        self.ctx.check()
        made = finish(
            original,
            made,
            opacity=request.opacity,
            mask=mask,
            keep_colours=request.keep_colours,
        )
        target = self.ctx.folder / f"{self.index:04d}.png"
        save_picture(made, target, self._recipe(path, made, notes), DigitalSource.ENHANCED)
        self._step(1, 1)
        name = f"{path.stem} {self._tag}"
        return Picture(str(target), self.index, 0, "", made.width, made.height, name), notes

    @property
    def _tag(self) -> str:
        """What tells the new picture's name from the old one's: "vintage", "x4"."""
        request = self.request
        if isinstance(request, StyleRequest):
            return self.used.name
        if request.width:
            return f"{request.width}x{request.height}"
        return f"x{request.scale:g}"

    def _step(self, done: int, total: int) -> None:
        parts = len(self.request.images)
        within = _THOUSANDTHS * done // total
        step = _THOUSANDTHS * self.index + within
        name = Path(self.request.images[self.index]).name
        self.ctx.progress(step, _THOUSANDTHS * parts, name, self.index, parts)

    def _recipe(self, path: Path, made: Image.Image, notes: tuple[str, ...]) -> Recipe:
        alone = replace(self.request, images=(str(path),))  # not a list of a thousand others
        return Recipe(
            request=portable(codec.to_json(alone)),
            width=made.width,
            height=made.height,
            model_name=self.used.name,
            model_hash=self.used.sha256,
            family=self.used.family,
            strength=self.request.opacity,
            device=self.used.device,
            dtype="float32",
            notes=notes,
            versions=library_versions(ENHANCING),
        )


def check_common(request: Request) -> None:
    """Raises PipelineError `bad_opacity` or `no_picture`."""
    if not request.images:
        raise PipelineError("no_picture", "There is no picture to change.", "Choose one.")
    if not 0 <= request.opacity <= 1:
        raise PipelineError(
            "bad_opacity", f"An opacity of {request.opacity:g} is impossible.", "Use 0 to 1."
        )
