"""LoRA files as the project names them, which any machine may open, and as they lie on this one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.portable import located, portable

if TYPE_CHECKING:
    from studio.document.bible.entry import LoraUse


def on_this_machine(loras: tuple[LoraUse, ...]) -> tuple[LoraUse, ...]:
    return tuple(replace(lora, path=located({"path": lora.path})["path"]) for lora in loras)


def in_the_project(loras: tuple[LoraUse, ...]) -> tuple[LoraUse, ...]:
    return tuple(replace(lora, path=portable({"path": lora.path})["path"]) for lora in loras)
