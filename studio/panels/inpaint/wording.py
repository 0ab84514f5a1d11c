"""What the panel's modes and steps are called."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.prompt_title import title_of
from studio.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class ModeWords:
    """`name` and `tip` are texts before translation (context "Inpaint")."""

    name: str
    icon: str
    tip: str


MODE_WORDS = {
    "replace": ModeWords(
        QT_TRANSLATE_NOOP("Inpaint", "Replace"),
        "swap",
        QT_TRANSLATE_NOOP("Inpaint", "Something else in place of what is painted over"),
    ),
    "remove": ModeWords(
        QT_TRANSLATE_NOOP("Inpaint", "Remove"),
        "eraser",
        QT_TRANSLATE_NOOP("Inpaint", "Nothing there but the surroundings going on"),
    ),
    "add": ModeWords(
        QT_TRANSLATE_NOOP("Inpaint", "Add"),
        "plus-circle",
        QT_TRANSLATE_NOOP("Inpaint", "Something new in an empty place"),
    ),
    "expand": ModeWords(
        QT_TRANSLATE_NOOP("Inpaint", "Expand"),
        "arrows-out-line-horizontal",
        QT_TRANSLATE_NOOP("Inpaint", "The picture going on beyond its edges"),
    ),
    "refine": ModeWords(
        QT_TRANSLATE_NOOP("Inpaint", "Refine"),
        "magic-wand",
        QT_TRANSLATE_NOOP("Inpaint", "The same again, with better details"),
    ),
}


def mode_name(mode: str) -> str:
    """Translated."""
    return say(MODE_WORDS[mode].name)


def step_title(mode: str, prompt: str) -> str:
    """ "Replace: brick wall"; of jobs, layers and steps of the history."""
    if not prompt.strip():
        return mode_name(mode)
    words = title_of(prompt)
    return f"{mode_name(mode)}: {words[:1].lower()}{words[1:]}"


def say(text: str) -> str:
    """Translated."""
    return QCoreApplication.translate("Inpaint", text)
