"""LoRAs that are named in the prompt: `<lora:name:0.8>`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pipelines.api import Lora
from pipelines.prompts import split_loras
from studio.panels.imagine.add_on_names import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.adapters import LoraRef
    from pipelines.model_ref import ModelRef
    from studio.panels.imagine.state import ImagineState

_LOWEST, _HIGHEST = -4.0, 4.0  # what a request may ask


def with_tagged_loras(
    state: ImagineState, model: ModelRef, known: Sequence[LoraRef]
) -> tuple[ImagineState, str]:
    """The state without tags in its prompt and with their LoRAs among its own.

    With it come sentences about tags that `model` cannot use ("" for none). A tag's weight holds
    over the one in the list, because it stands where the person is writing.
    """
    prompt, tags = split_loras(state.prompt)
    chosen = {lora.path: lora for lora in state.loras}
    notes = []
    for name, weight in tags:
        found = named(name, known)
        if found is None:
            notes.append(_say("There is no LoRA “{name}”; it was left out.").format(name=name))
        elif not model.family.loras or (found.family and found.family.id != model.family.id):
            words = _say("The LoRA “{name}” is not for {model}; it was left out.")
            notes.append(words.format(name=name, model=model.title))
        else:
            path = str(found.path)
            chosen[path] = Lora(path, min(_HIGHEST, max(_LOWEST, weight)))
    return replace(state, prompt=prompt, loras=tuple(chosen.values())), " ".join(notes)


def _say(text: str) -> str:
    return QCoreApplication.translate("ImagineLoraTags", text)
