"""Fills a part of a picture from its surroundings. No model is needed, and none is loaded."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipelines import codec
from pipelines.api import JobContext, PipelineError
from pipelines.edit_requests import EditResult, RemoveRequest
from pipelines.inpaint.canvas import open_canvas
from pipelines.inpaint.exemplar import exemplar_fill
from pipelines.inpaint.masks import compositing_mask
from pipelines.inpaint.stitching import Place, keep_patch
from pipelines.limits import check_remove
from pipelines.pictures import DigitalSource
from pipelines.portable import portable
from pipelines.recipe import Recipe
from pipelines.versions import FILLING, library_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.inpaint.arrays import Colours, Flags, Grey
    from pipelines.inpaint.region import Box

NARROW = 12  # pixels: up to this width there is nothing to put together, only to continue
_REACH = 5  # pixels around each that Telea's and the Navier–Stokes fill look at
_CONTEXT = 3, 64  # widths of the mask, and at least pixels, that pieces are taken from
_MOST_PARTS = 32
_CELLS = 8  # that the reach is told apart in

_FLAGS = {"telea": cv2.INPAINT_TELEA, "navier_stokes": cv2.INPAINT_NS}


def remove(request: RemoveRequest, ctx: JobContext) -> EditResult:
    """Fills what is masked, `count` times.

    Raises PipelineError: those of `check_remove` and `open_canvas`, "nothing_around" where all of
    the picture is painted.
    """
    began = time.monotonic()
    check_remove(request)
    canvas = open_canvas(request)
    ctx.check()
    notes = list(canvas.notes)
    box = _with_context(
        canvas.painted, _reach(canvas.crop(canvas.painted)[1], request), canvas.size
    )
    picture, painted = canvas.crop(box)
    if painted.all():
        raise PipelineError(
            "nothing_around",
            "All of the picture is painted: nothing is left to fill it from.",
            "Paint less, or replace it.",
        )
    parts = list(_parts(painted, request))
    alpha = compositing_mask(painted, request.feather, request.soften)
    hole = compositing_mask(painted, 0, request.soften) > 0
    count = request.count
    if count > 1 and all(method != "exemplar" for _, method in parts):
        count = 1
        notes.append("The narrow fill has no chance in it: there is one candidate only.")
    patches = []
    for index in range(count):
        seed = (request.seed + index) % 2**32
        pixels = picture.copy()
        for done, (part, method) in enumerate(parts):
            step = index * len(parts) + done
            ctx.progress(step, count * len(parts), "Filling", index, count)
            rows, columns = slice(part[1], part[3]), slice(part[0], part[2])
            pixels[rows, columns] = _filled(
                pixels[rows, columns], hole[rows, columns], method, seed
            )
        recipe = Recipe(
            request=portable(codec.to_json(request)),
            seed=seed,
            width=picture.shape[1],
            height=picture.shape[0],
            notes=tuple(notes),
            versions=library_versions(FILLING),
        )
        patches.append(
            keep_patch(
                pixels,
                alpha,
                Place(box, request),
                index,
                recipe,
                DigitalSource.EDITED,
                canvas.picture.info.get("icc_profile"),
                ctx,
            )
        )
    ctx.progress(count * len(parts), count * len(parts), "Filling", count - 1, count)
    return EditResult(
        tuple(patches),
        Place(box, request).on_canvas,
        request.margins,
        "CPU",
        notes=tuple(notes),
        seconds=time.monotonic() - began,
    )


def _filled(picture: Colours, hole: Flags, method: str, seed: int) -> Colours:
    if method == "exemplar":
        return exemplar_fill(picture, hole, seed)
    return cv2.inpaint(np.ascontiguousarray(picture), hole.astype(np.uint8), _REACH, _FLAGS[method])


def _width(painted: Grey) -> float:
    """Pixels across at the widest place; the edge of the picture is none."""
    if painted.all():
        return float(max(painted.shape))
    return 2.0 * float(cv2.distanceTransform((painted > 0).astype(np.uint8), cv2.DIST_L2, 5).max())


def _reach(painted: Grey, request: RemoveRequest) -> int:
    if request.context is not None:
        return max(request.context, request.soften + 1)
    # Framed: what is painted ends at the box.
    widths, least = _CONTEXT
    framed = np.pad(painted, 1)
    return max(least, request.soften, round(widths * _width(framed)))


def _parts(painted: Grey, request: RemoveRequest) -> Iterator[tuple[Box, str]]:
    """Boxes of what lies apart, each with its surroundings, and how it is filled."""
    height, width = painted.shape
    reach = _reach(painted, request)
    shrink = max(1, reach // _CELLS)  # how far apart things are need not be known to the pixel
    size = (-(-width // shrink), -(-height // shrink))
    where = cv2.resize((painted > 0).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    near = cv2.dilate(where.astype(np.uint8), np.ones((reach // shrink + 1,) * 2, np.uint8))
    number, labels, boxes, _ = cv2.connectedComponentsWithStats(near)
    if number - 1 > _MOST_PARTS:
        number, labels, boxes = 2, near, np.array([[0, 0, *size]] * 2)
    labels = cv2.resize(labels.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    for label in range(1, number):
        left, top, wide, high = (int(each) * shrink for each in boxes[label][:4])
        inner = (left, top, min(left + wide, width), min(top + high, height))
        part = _with_context(inner, reach // 2 + shrink, (width, height))
        rows, columns = slice(part[1], part[3]), slice(part[0], part[2])
        own = np.where(labels[rows, columns] == label, painted[rows, columns], 0)
        method = request.method
        if method == "auto":
            method = "telea" if _width(np.pad(own, 1)) <= NARROW else "exemplar"
        yield part, method


def _with_context(box: Box, pixels: int, canvas: tuple[int, int]) -> Box:
    return (
        max(box[0] - pixels, 0),
        max(box[1] - pixels, 0),
        min(box[2] + pixels, canvas[0]),
        min(box[3] + pixels, canvas[1]),
    )
