"""Entries as documents of a project, and back: tolerant of members that are wrong or unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from pipelines.limits import MAX_SEED
from studio.document.bible.bible import Bible
from studio.document.bible.entry import (
    ENTRY_KIND,
    Entry,
    EntryKind,
    LoraUse,
    Reference,
    Relation,
    Voice,
)
from studio.document.documents import Document
from studio.document.errors import ProjectError

_PREFIX = "bible/"
_DEFAULTS = Entry("", EntryKind.LORE, "")


def read_entry(document: Document) -> Entry:
    """The entry that a document of kind ENTRY_KIND holds.

    A member of a wrong type, or a part of one, falls back to its default; what could not be read
    lies in `extras` as it was, and `entry_document` writes it again until the member is changed.
    Raises ValueError for a document of another kind or with a key of another form, ProjectError
    where it is no readable JSON.
    """
    if not is_entry(document):
        raise ValueError(f"{document.key} is no entry")
    data = document.data
    known = {name: read(data.get(name)) for name, read in _READERS.items()}
    extras = {
        name: value
        for name, value in data.items()
        if name not in known or _plain(known[name]) != value
    }
    return Entry(id=document.key.removeprefix(_PREFIX), extras=extras, **known)


def entry_document(entry: Entry) -> Document:
    """What `read_entry` reads. Raises ProjectError for what cannot be kept in a project."""
    data = {name: value for name, value in entry.extras.items() if name not in _READERS}
    for name, read in _READERS.items():
        value = getattr(entry, name)
        if name in entry.extras and read(entry.extras[name]) == value:
            data[name] = entry.extras[name]
        elif value != getattr(_DEFAULTS, name) or name in ("kind", "name"):
            data[name] = _plain(value)
    return Document.make(entry.key, ENTRY_KIND, data)


def read_bible(documents: Iterable[Document]) -> Bible:
    """The entries among the documents of a project."""
    entries, unreadable = [], []
    for document in documents:
        if is_entry(document):
            try:
                entries.append(read_entry(document))
            except ProjectError:
                unreadable.append(document.key)
    return Bible(tuple(entries), tuple(unreadable))


def is_entry(document: Document) -> bool:
    """Whether a document should hold an entry of the bible."""
    return document.kind == ENTRY_KIND and document.key.startswith(_PREFIX)


def finite_number(value: object, default: float = 0.0) -> float:
    """A JSON number as a float; `default` for what is none or cannot be one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    try:
        number = float(value)
    except OverflowError:
        return default
    return number if math.isfinite(number) else default


def _plain(value: Any) -> Any:
    """A field of an entry as JSON has it; members at their defaults are left out."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Reference | LoraUse | Voice | Relation):
        members = {each.name: (getattr(value, each.name), each.default) for each in fields(value)}
        return {name: _plain(is_) for name, (is_, default) in members.items() if is_ != default}
    return str(value) if isinstance(value, EntryKind) else value


def _kind(value: object) -> EntryKind:
    return next((kind for kind in EntryKind if kind == value), EntryKind.LORE)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in _list(value) if isinstance(each, str))


def _flag(value: object) -> bool:
    return value is True


def _flag_unless_off(value: object) -> bool:
    return value is not False


def _seed(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MAX_SEED else None


def _references(value: object) -> tuple[Reference, ...]:
    return tuple(
        Reference(each["asset"], _text(each.get("caption"))) for each in _objects(value, "asset")
    )


def _loras(value: object) -> tuple[LoraUse, ...]:
    return tuple(
        LoraUse(each["path"], finite_number(each.get("weight"), 1.0))
        for each in _objects(value, "path")
    )


def _voice(value: object) -> Voice:
    if not isinstance(value, dict):
        return Voice()
    return Voice(_text(value.get("notes")), _texts(value.get("samples")))


def _relations(value: object) -> tuple[Relation, ...]:
    return tuple(Relation(each["to"], _text(each.get("text"))) for each in _objects(value, "to"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object, needed: str) -> list[dict[str, Any]]:
    """The objects in a list whose member `needed` is a text."""
    return [
        each
        for each in _list(value)
        if isinstance(each, dict) and isinstance(each.get(needed), str)
    ]


_READERS: dict[str, Callable[[object], Any]] = {
    "kind": _kind,
    "name": _text,
    "aliases": _texts,
    "summary": _text,
    "text": _text,
    "tags": _texts,
    "keywords": _texts,
    "always_on": _flag,
    "prompt": _text,
    "negative": _text,
    "references": _references,
    "portrait": _text,
    "seed": _seed,
    "loras": _loras,
    "voice": _voice,
    "relations": _relations,
    "order": finite_number,
    "enabled": _flag_unless_off,
}
