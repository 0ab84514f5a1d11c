"""Which piece of the canvas a job is given, and what it is asked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize

from pipelines.edit_requests import InpaintRequest, Margins, RemoveRequest
from pipelines.inpaint.region import Region, around_margins, plan_region, whole_region
from pipelines.limits import MAX_SEED
from studio.told_prompt import Typed, tell

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.document.bible.bible import Bible
    from studio.panels.inpaint.state import InpaintState

EditRequest = InpaintRequest | RemoveRequest

_SURROUNDINGS = 3, 64
"""How many widths of the mask, and pixels at least, the fill without a model may look around."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`frame` is what the job sees, in pixels of the canvas, beyond whose edges it may reach.

    `piece` is the part of the canvas in it, which the job is given. `drawn` is how large the
    model draws it; empty without a model.
    """

    frame: QRect
    piece: QRect
    drawn: QSize


def plan(state: InpaintState, model: ModelRef | None, canvas: QSize, painted: QRect) -> Plan:
    """What `state` needs of a canvas of that size; `painted` holds all that is masked.

    `model` is None where none is used.
    """
    margins = state.margins if state.mode == "expand" else Margins()
    whole = QRect(
        -margins.left,
        -margins.top,
        margins.left + canvas.width() + margins.right,
        margins.top + canvas.height() + margins.bottom,
    )
    if state.mode == "expand":
        left, top, right, bottom = around_margins(margins, whole.width(), whole.height())
        painted = QRect(left, top, right - left, bottom - top).translated(whole.topLeft())
    drawn = QSize()
    if model is None:
        frame = painted
        reach = state.context
        if reach is None:
            widths, least = _SURROUNDINGS
            reach = max(least, widths * min(painted.width(), painted.height()))
        frame = painted.adjusted(-reach, -reach, reach, reach).intersected(whole)
    else:
        region = _region(state, model, whole, painted)
        box = region.box
        frame = QRect(box[0], box[1], box[2] - box[0], box[3] - box[1])
        frame.translate(whole.topLeft())
        drawn = QSize(region.width, region.height)
    piece = frame.intersected(QRect(0, 0, canvas.width(), canvas.height()))
    return Plan(frame, piece, drawn)


def _region(state: InpaintState, model: ModelRef, whole: QRect, painted: QRect) -> Region:
    side, multiple = model.native_side, model.family.multiple
    size = (whole.width(), whole.height())
    if state.region == "whole":
        return whole_region(size, side, multiple)
    inner = painted.translated(-whole.topLeft())
    box = (inner.x(), inner.y(), inner.x() + inner.width(), inner.y() + inner.height())
    return plan_region(box, size, side, multiple, state.context)


def request_for(
    state: InpaintState,
    model: ModelRef | None,
    piece: QRect,
    picture: str,
    mask: str,
    source: str,
    wildcards: str,
    bible: Bible,
) -> EditRequest:
    """What `state` asks of `model`, or without one; mentions are filled in from `bible`.

    `picture` and `mask` are files of `piece`; `source` is the key of the canvas.
    """
    margins = state.margins if state.mode == "expand" else Margins()
    seed = secrets.randbelow(MAX_SEED + 1) if state.seed is None else state.seed
    if model is None:
        return RemoveRequest(
            picture=picture,
            mask=mask,
            margins=margins,
            x=piece.x(),
            y=piece.y(),
            method="exemplar" if state.mode == "expand" else "auto",
            context=state.context,
            soften=state.soften,
            seed=seed,
            count=state.count,
            picture_source=source,
        )
    told = tell(Typed("" if state.mode == "remove" else state.prompt), bible)
    return InpaintRequest(
        **told.signature,
        model=str(model.path),
        companion=str(model.companion or ""),
        picture=picture,
        mask=mask,
        mode=state.mode,
        prompt=told.expansion.prompt.strip(),
        negative_prompt=told.expansion.negative.strip(),
        margins=margins,
        x=piece.x(),
        y=piece.y(),
        strength=state.strength,
        region=state.region,
        context=state.context,
        grow=state.grow,
        blur=state.blur,
        feather=state.feather,
        soften=state.soften,
        differential=state.differential,
        steps=state.steps,
        guidance=state.guidance,
        scheduler=state.scheduler,
        seed=seed,
        count=state.count,
        wildcards=wildcards,
        picture_source=source,
    )
