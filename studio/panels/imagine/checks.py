"""What keeps a batch from being drawn, and what the person should know before it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pipelines.prompts import is_weighted

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.panels.imagine.state import ImagineState


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` forbids, `note` only tells; both are a sentence or ""."""

    problem: str = ""
    note: str = ""


def judge(state: ImagineState, model: ModelRef | None, tokens: int, limit: int) -> Verdict:
    """Looks at the settings as they stand, with the prompts that the model is told.

    `tokens` are the prompt's, `limit` the most that the model reads.
    """
    if model is None and state.model:
        words = _say("The model “{name}” is not here. Choose another one.")
        return Verdict(problem=words.format(name=state.model))
    if model is None:
        return Verdict(problem=_say("Add a model first: nothing here can draw."))
    if model.missing:
        return Verdict(problem=model.missing)
    if not state.prompt.strip():
        return Verdict(problem=_say("Type what you want to see."))
    read_whole = model.family.weighting and is_weighted(state.prompt)
    if limit and tokens > limit and not read_whole:
        words = _say("Only the first {limit} of {tokens} tokens count.")
        return Verdict(note=words.format(limit=limit, tokens=tokens))
    if state.negative_prompt.strip() and model.family.negative and state.guidance <= 1:
        return Verdict(note=_say("The negative prompt needs a guidance above 1."))
    return Verdict()


def _say(text: str) -> str:
    return QCoreApplication.translate("ImagineChecks", text)
