"""What a script keeps of a shot in a note: `[[SHOT: size=CU; lens=50; move=dolly in; dur=2.5]]`.

Other programs write `[[SHOT: …]]` too: words without a name are read as what the vocabulary knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from studio.document.storyboard.documents import LONGEST_SHOT
from studio.document.storyboard.vocabulary import VOCABULARY, code_of, find_term

if TYPE_CHECKING:
    from studio.document.storyboard.model import Scene, Shot

_NAMES: Mapping[str, str] = {
    "id": "id",
    "label": "label",
    "size": "size",
    "angle": "angle",
    "lens": "lens",
    "move": "movement",
    "out": "transition",
    "notes": "notes",
}
_ALIASES = {"movement": "move", "transition": "out", "duration": "dur", "name": "label"}
_CUSTOM = "x-"

# What would end a value or the note, or be markup of Fountain.
_RESERVED = re.compile(r"[%;=\[\]*\\/\r\n]|^\s|\s$")
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


def shot_note(shot: Shot) -> str:
    """The content of the note, without brackets."""
    values = {name: getattr(shot, member) for name, member in _NAMES.items()}
    if shot.duration is not None:
        values["dur"] = f"{shot.duration:.3f}".rstrip("0").rstrip(".")
    values |= {f"{_CUSTOM}{_quoted(name)}": text for name, text in shot.custom.items()}
    said = "; ".join(f"{name}={_quoted(text)}" for name, text in values.items() if text)
    return f"SHOT: {said}"


def read_shot_note(note: str, shot: Shot) -> Shot | None:
    """`shot` with what a note says of it; None for a note that is of no shot."""
    values = _values(note, "SHOT")
    if values is None:
        return None
    custom = dict(shot.custom)
    for name, text in values.items():
        member = _NAMES.get(_ALIASES.get(name, name), "")
        if name.startswith(_CUSTOM):
            if len(name) == len(_CUSTOM):
                continue
            custom[unquote(name.removeprefix(_CUSTOM))] = text
        elif member == "id":
            shot = replace(shot, id=text) if _ID.fullmatch(text) else shot
        elif member:
            shot = _with(shot, member, _code(member, text))
        elif _ALIASES.get(name, name) == "dur":
            shot = replace(shot, duration=_seconds(text, shot.duration))
        else:
            shot = _with_words(shot, text)
    return replace(shot, custom=custom)


def scene_note(scene: Scene) -> str:
    """The content of the note that says which scene of the storyboard this is."""
    return f"SCENE: id={scene.id}"


def read_scene_note(note: str) -> str:
    """The id in such a note, "" for another."""
    scene_id = (_values(note, "SCENE") or {}).get("id", "")
    return scene_id if _ID.fullmatch(scene_id) else ""


def _values(note: str, kind: str) -> dict[str, str] | None:
    head, colon, rest = note.partition(":")
    if not colon or head.strip().upper() != kind:
        return None
    values = {}
    for place, item in enumerate(rest.split(";")):
        name, equals, text = item.partition("=")
        if equals:
            values[name.strip()] = unquote(text.strip())
        elif item.strip():
            values[f" {place}"] = item
    return values


def _quoted(text: str) -> str:
    return _RESERVED.sub(lambda found: quote(found[0], safe=""), text)


def _code(member: str, text: str) -> str:
    return code_of(member, text) if member in VOCABULARY else text


def _seconds(text: str, otherwise: float | None) -> float | None:
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        return otherwise
    return seconds if 0 < seconds <= LONGEST_SHOT else otherwise


def _with(shot: Shot, member: str, text: str) -> Shot:
    members: dict[str, Any] = {member: text}
    return replace(shot, **members)


def _with_words(shot: Shot, text: str) -> Shot:
    """“close-up, 50mm, dolly in”: each goes to the field that knows it, others to the notes."""
    for word in (each.strip() for each in text.split(",")):
        field = next((name for name in VOCABULARY if find_term(name, word)), "")
        if field:
            shot = _with(shot, field, code_of(field, word))
        elif word:
            shot = replace(shot, notes=", ".join(filter(None, (shot.notes, word))))
    return shot
