"""What a scene's pictures are called where the bible lists what was made from an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from studio.document.bible.part import Part
from studio.document.storyboard.numbering import letters

if TYPE_CHECKING:
    from studio.document.documents import Document


def scene_parts(_document: Document, data: Mapping[str, Any]) -> Iterator[Part]:
    """A part for every version of every frame, called by its shot.

    A scene alone does not know its number in the board: where the script has none, its shots are
    called by its heading.
    """
    number, heading = _text(data, "number"), _text(data, "heading")
    for place, shot in enumerate(_objects(data, "shots")):
        automatic = f"{number}{letters(place)}"
        label = f"shot {_text(shot, 'label') or automatic}"
        if not (number or _text(shot, "label")) and heading:
            label = f"{label} of {heading}"
        for frame in _objects(shot, "frames"):
            for version in _objects(frame, "versions"):
                yield Part(f"{_text(frame, 'id')}/{_text(version, 'picture')}", label, version)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _objects(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = data.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
