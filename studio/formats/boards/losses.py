"""What a target cannot hold of a storyboard, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from studio.formats.boards.timeline import active_picture

if TYPE_CHECKING:
    from studio.document.storyboard.model import Shot, Storyboard

Has = Callable[["Shot"], bool]

_FACTS: Mapping[str, tuple[Has, str]] = {
    "pictures": (lambda s: bool(active_picture(s)), "The pictures of {shots} are left out."),
    "versions": (
        lambda s: len(s.frames) > 1 or any(len(f.versions) > 1 for f in s.frames),
        "Only the first frame's chosen picture is kept of {shots} with several.",
    ),
    "prompts": (
        lambda s: any(f.prompt or any(v.prompt for v in f.versions) for f in s.frames),
        "The prompts of {shots} are left out.",
    ),
    "camera": (
        lambda s: any((s.size, s.angle, s.lens, s.movement)),
        "Size, angle, lens and movement of {shots} are left out.",
    ),
    "dissolves": (
        lambda s: s.transition not in ("", "cut"),
        "The transitions of {shots} become cuts.",
    ),
    "only_dissolves": (
        lambda s: s.transition not in ("", "cut", "dissolve"),
        "Transitions other than a dissolve, of {shots}, are kept by name only.",
    ),
    "durations": (lambda s: s.duration is not None, "The durations of {shots} are left out."),
    "texts": (
        lambda s: bool(s.action or s.dialogue),
        "Action and dialogue of {shots} are left out.",
    ),
    "notes": (lambda s: bool(s.notes), "The notes of {shots} are left out."),
    "custom": (lambda s: bool(s.custom), "The custom fields of {shots} are left out."),
}

_LOST: Mapping[str, tuple[str, ...]] = {
    "fountain": ("pictures", "versions", "prompts"),
    "screenplay": (*("pictures", "versions", "prompts", "camera", "durations", "notes", "custom"),),
    "pdf": ("versions", "prompts"),
    "csv": ("pictures", "versions", "prompts"),
    "xlsx": ("pictures", "versions", "prompts"),
    "html": ("versions", "prompts"),
    "otio": ("versions", "prompts", "only_dissolves"),
    "fcpxml": ("versions", "prompts", "camera", "dissolves", "texts", "custom"),
    "edl": ("pictures", "versions", "prompts", "camera", "dissolves", "texts", "notes", "custom"),
}


def losses(board: Storyboard, target: str) -> tuple[str, ...]:
    """A sentence for each kind of thing that this board has and the target has no place for.

    `target` is a format: fountain, screenplay, pdf, csv, xlsx, html, otio, fcpxml or edl. What
    depends on the layout, as texts that are too long for their cell, the export itself reports.
    """
    sentences = []
    for fact in _LOST[target]:
        has, sentence = _FACTS[fact]
        if number := sum(map(has, board.shots)):
            sentences.append(sentence.format(shots=f"{number} shot{'s' * (number > 1)}"))
    return tuple(sentences)
