"""Why the button does nothing, and what a model is not good at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize

from pipelines.inpaint.modes import MODES
from pipelines.pictures import MAX_PIXELS
from studio.document.canvas.canvas_record import LARGEST_SIDE
from studio.panels.inpaint.state import is_small
from studio.panels.inpaint.wording import mode_name

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.panels.inpaint.state import InpaintState


_DRAWN_ANEW = ("replace", "add")


def why_not(
    state: InpaintState, model: ModelRef | None, canvas: QSize, painted: QRect, *, looked: bool
) -> str:
    """A sentence that says what is missing, "" where nothing is.

    `painted` holds all that is masked; `looked` says whether the disk was searched for models.
    """
    if state.uses_model:
        if model is None and not looked:
            return _say("Looking for models…")
        if model is None:
            words = _say("{mode} needs a model. Remove and Expand can do without one.")
            return words.format(mode=mode_name(state.mode))
        if model.missing:
            return model.missing
        if MODES[state.mode].needs_prompt and not state.prompt.strip():
            return _say("Write what is to be seen there.")
    if state.mode == "expand":
        return _why_not_wider(state, canvas)
    if painted.isEmpty():
        return _say("Paint over what is to change.")
    return ""


def advice_on(state: InpaintState, model: ModelRef | None) -> str:
    """What a small model cannot do, where it was chosen for that."""
    if model is None or state.mode not in _DRAWN_ANEW or not is_small(model):
        return ""
    words = _say(
        "“{title}” draws small icons, {side} pixels wide. On photographs, Remove and Expand from"
        " the surroundings or Refine do better; {mode} needs a larger model there."
    )
    return words.format(title=model.title, side=model.native_side, mode=mode_name(state.mode))


def _why_not_wider(state: InpaintState, canvas: QSize) -> str:
    margins = state.margins
    if not margins:
        return _say("Say by how much, or drag an edge of the frame.")
    width = margins.left + canvas.width() + margins.right
    height = margins.top + canvas.height() + margins.bottom
    if width * height > MAX_PIXELS or max(width, height) > LARGEST_SIDE:
        words = _say("{width} × {height} pixels are too many for one picture. Widen it less.")
        return words.format(width=f"{width:,}", height=f"{height:,}")
    return ""


def _say(text: str) -> str:
    return QCoreApplication.translate("Inpaint", text)
