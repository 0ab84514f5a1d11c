"""Storyboards as documents of a project: one for the board, one for each scene.

So a change to a shot writes its scene, not five hundred others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from studio.document.bible.entry_json import finite_number
from studio.document.documents import Change, Document
from studio.document.storyboard.model import (
    ASPECTS,
    Frame,
    Scene,
    Sequence,
    Shot,
    Speech,
    Storyboard,
    Version,
    new_id,
)

STORYBOARD_KIND = "storyboard"
SCENE_KIND = "storyboard_scene"

LONGEST_SHOT = 24 * 3600.0
"""Seconds."""

T = TypeVar("T", Version, Frame, Shot, Scene, Sequence, Storyboard)
Readers = Mapping[str, Callable[[object], Any]]


def storyboard_documents(board: Storyboard) -> tuple[Document, ...]:
    """What `read_storyboard` reads. Raises ProjectError for what cannot be kept in a project."""
    data = _plain(replace(board, id="", sequences=()))
    data["sequences"] = [
        _plain(replace(sequence, scenes=())) | {"scenes": [scene.id for scene in sequence.scenes]}
        for sequence in board.sequences
    ]
    key = _key(board.id)
    scenes = (
        Document.make(f"{key}/{scene.id}", SCENE_KIND, _plain(replace(scene, id="")))
        for scene in board.scenes
    )
    return (Document.make(key, STORYBOARD_KIND, data), *scenes)


def read_storyboard(documents: Iterable[Document], board_id: str) -> Storyboard:
    """The board of that id.

    Members of a wrong type fall back to their defaults, and lie in `extras` as they were. A scene
    that no sequence names comes last, so that none is ever out of sight. Raises LookupError where
    there is no such board, ProjectError where one of its documents cannot be read.
    """
    key = _key(board_id)
    data: dict[str, Any] | None = None
    scenes: dict[str, Scene] = {}
    for document in documents:
        if document.key == key and document.kind == STORYBOARD_KIND:
            data = document.data
        elif document.key.startswith(f"{key}/") and document.kind == SCENE_KIND:
            scene_id = document.key.removeprefix(f"{key}/")
            scenes[scene_id] = _read(Scene, _SCENE, _with_ids(document.data), scene_id)
    if data is None:
        raise LookupError(f"the project has no storyboard {board_id}")
    listed = data.pop("sequences", [])
    sequences = []
    for item in _objects(_identified(listed)):
        ids = [each for each in _list(item.pop("scenes", [])) if isinstance(each, str)]
        found = tuple(scenes.pop(each) for each in ids if each in scenes)
        sequences.append(replace(_read(Sequence, _SEQUENCE, item), scenes=found))
    if scenes:
        rest = tuple(scenes[each] for each in sorted(scenes))
        if not sequences:
            sequences.append(Sequence(new_id()))
        sequences[-1] = replace(sequences[-1], scenes=(*sequences[-1].scenes, *rest))
    board = _read(Storyboard, _STORYBOARD, data, board_id)
    return replace(board, sequences=tuple(sequences))


def storyboard_ids(documents: Iterable[Document]) -> tuple[str, ...]:
    """The boards of a project."""
    prefix = _key("")
    return tuple(d.key.removeprefix(prefix) for d in documents if d.kind == STORYBOARD_KIND)


def change_between(before: Storyboard | None, after: Storyboard) -> Change:
    """What makes one board the other: only the documents that differ. None is no board yet."""
    old = {document.key: document for document in storyboard_documents(before)} if before else {}
    new = {document.key: document for document in storyboard_documents(after)}
    return Change(
        puts=tuple(document for key, document in new.items() if old.get(key) != document),
        deletes=tuple(key for key in old if key not in new),
    )


def _with_ids(scene: dict[str, Any]) -> dict[str, Any]:
    """Files written by hand may lack ids, or have one twice: shots and frames need their own."""
    if isinstance(shots := scene.get("shots"), list):
        scene["shots"] = _identified(shots)
        for shot in scene["shots"]:
            if isinstance(shot, dict) and isinstance(frames := shot.get("frames"), list):
                shot["frames"] = _identified(frames)
    return scene


def _identified(items: object) -> list[Any]:
    seen: set[str] = set()
    result = []
    for item in _list(items):
        if isinstance(item, dict):
            id_ = item.get("id")
            if not isinstance(id_, str) or not id_ or id_ in seen:
                id_ = new_id()
            seen.add(id_)
            item = item | {"id": id_}
        result.append(item)
    return result


def _key(board_id: str) -> str:
    return f"storyboard/{board_id}"


def _read(kind: type[T], readers: Readers, data: Mapping[str, Any], id_: str = "") -> T:
    known = {name: read(data[name]) for name, read in readers.items() if name in data}
    extras = {
        name: value
        for name, value in data.items()
        if name not in known or _plain(known[name]) != value
    }
    members: dict[str, Any] = {"id": id_} if id_ else {}
    return kind(**members, **known, extras=extras)


def _plain(value: Any) -> Any:
    """A value as JSON has it; members at their defaults are left out."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Version | Frame | Shot | Scene | Sequence | Storyboard):
        readers = _READERS[type(value)]
        data = {name: old for name, old in value.extras.items() if name not in readers}
        for name, read in readers.items():
            is_ = getattr(value, name)
            if name in value.extras and _same(read(value.extras[name]), is_):
                data[name] = value.extras[name]
            elif (plain := _plain(is_)) not in ("", [], {}, None) and plain != _DEFAULTS.get(name):
                data[name] = plain
        return data
    if isinstance(value, Speech):
        members = {each.name: getattr(value, each.name) for each in fields(value)}
        return {name: text for name, text in members.items() if text}
    return dict(value) if isinstance(value, Mapping) else value


def _same(one: Any, other: Any) -> bool:
    return bool(_plain(one) == _plain(other))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[dict[str, Any]]:
    return [dict(each) for each in _list(value) if isinstance(each, dict)]


def _aspect(value: object) -> str:
    return value if isinstance(value, str) and value in ASPECTS else "16:9"


def _duration(value: object) -> float | None:
    seconds = finite_number(value, -1.0)
    return seconds if 0 < seconds <= LONGEST_SHOT else None


def _place(value: object) -> int:
    is_place = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return int(finite_number(value)) if is_place else 0


def _custom(value: object) -> dict[str, str]:
    members = value if isinstance(value, dict) else {}
    return {name: text for name, text in members.items() if isinstance(text, str)}


def _speeches(value: object) -> tuple[Speech, ...]:
    return tuple(
        Speech(
            speaker=_text(each.get("speaker")),
            text=_text(each.get("text")),
            extension=_text(each.get("extension")),
            manner=_text(each.get("manner")),
            dual=each.get("dual") is True,
        )
        for each in _objects(value)
    )


_VERSION: Readers = {
    "picture": _text,
    "prompt": _text,
    "made_from": lambda value: tuple(_objects(value)),
}
_FRAME: Readers = {
    "id": _text,
    "versions": lambda value: tuple(
        _read(Version, _VERSION, {"picture": ""} | each) for each in _objects(value)
    ),
    "active": _place,
    "prompt": _text,
}
_SHOT: Readers = {
    **dict.fromkeys(("id", "label", "size", "angle", "lens", "movement", "transition"), _text),
    **dict.fromkeys(("action", "notes"), _text),
    "duration": _duration,
    "dialogue": _speeches,
    "custom": _custom,
    "frames": lambda value: tuple(_read(Frame, _FRAME, each) for each in _objects(value)),
}
_SCENE: Readers = {
    **dict.fromkeys(("heading", "number", "synopsis"), _text),
    "shots": lambda value: tuple(_read(Shot, _SHOT, each) for each in _objects(value)),
}
_SEQUENCE: Readers = {"id": _text, "title": _text}
_STORYBOARD: Readers = {"title": _text, "aspect": _aspect, "look": _text}

_READERS: Mapping[type, Readers] = {
    Version: _VERSION,
    Frame: _FRAME,
    Shot: _SHOT,
    Scene: _SCENE,
    Sequence: _SEQUENCE,
    Storyboard: _STORYBOARD,
}
_DEFAULTS: Mapping[str, Any] = {"active": 0}
