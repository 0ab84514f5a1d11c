"""LoRAs that the prompt brings: as tags, `<lora:name:0.8>`, or by entries of the story bible."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pipelines.api import Lora
from pipelines.prompts import split_loras
from studio.panels.imagine.add_on_names import named
from studio.panels.imagine.state import told_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.adapters import LoraRef
    from pipelines.model_ref import ModelRef
    from studio.document.bible.entry import LoraUse
    from studio.panels.imagine.state import ImagineState
    from studio.told_prompt import Told

_LOWEST, _HIGHEST = -4.0, 4.0  # what a request may ask


def spoken_state(
    state: ImagineState, told: Told, model: ModelRef, known: Sequence[LoraRef]
) -> tuple[ImagineState, str]:
    """The state with the prompts that the model is told, and with all LoRAs; and sentences."""
    spoken = told_state(state, told)
    spoken, of_entries = with_entry_loras(spoken, told.expansion.loras, model, known)
    spoken, of_tags = with_tagged_loras(spoken, model, known)
    return spoken, f"{of_entries} {of_tags}".strip()


def with_tagged_loras(
    state: ImagineState, model: ModelRef, known: Sequence[LoraRef]
) -> tuple[ImagineState, str]:
    """The state without tags in its prompt and with their LoRAs among its own.

    With it come sentences about tags that `model` cannot use ("" for none). A tag's weight holds
    over the one in the list, because it stands where the person is writing.
    """
    prompt, tags = split_loras(state.prompt)
    usable, notes = _usable(tags, model, known)
    chosen = {lora.path: lora for lora in (*state.loras, *usable)}
    return replace(state, prompt=prompt, loras=tuple(chosen.values())), notes


def with_entry_loras(
    state: ImagineState, loras: Sequence[LoraUse], model: ModelRef, known: Sequence[LoraRef]
) -> tuple[ImagineState, str]:
    """The state with the LoRAs that entries of the story bible bring among its own, and sentences.

    The weights in the list hold over theirs, because the person sees and sets them there.
    """
    usable, notes = _usable([(lora.path, lora.weight) for lora in loras], model, known)
    chosen = {lora.path: lora for lora in (*usable, *state.loras)}
    return replace(state, loras=tuple(chosen.values())), notes


def _usable(
    wanted: Iterable[tuple[str, float]], model: ModelRef, known: Sequence[LoraRef]
) -> tuple[list[Lora], str]:
    """Those of these names or files, with their weights, that `model` can use."""
    usable, notes = [], []
    for name, weight in wanted:
        found = named(name, known)
        if found is None:
            words = _say("There is no LoRA “{name}”; it was left out.")
            notes.append(words.format(name=PurePath(name).name))
        elif not model.family.loras or (found.family and found.family.id != model.family.id):
            words = _say("The LoRA “{name}” is not for {model}; it was left out.")
            notes.append(words.format(name=found.id, model=model.title))
        else:
            usable.append(Lora(str(found.path), min(_HIGHEST, max(_LOWEST, weight))))
    return usable, " ".join(notes)


def _say(text: str) -> str:
    return QCoreApplication.translate("ImagineLoraTags", text)
