"""One entry of a lorebook, in both dialects there are, as an entry of the bible and back.

The dialects: `character_book` of cards V2 and V3, and SillyTavern's world info.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studio.document.bible.entry import Entry, EntryKind, new_id
from studio.document.bible.entry_json import finite_number
from studio.formats.fabula_extension import differing, read_extension, with_extension
from studio.formats.loose import loose_name, loose_text, loose_texts

EXTRA = "lorebook"
"""Where extras keep what an entry was read from: `dialect`, `raw`, and for some `of`, `book`."""

_CARRIED = ("kind", "summary", "aliases", "tags", "prompt", "negative", "seed", "voice")
"""Members of an Entry that a lorebook has none for."""


class Dialect(StrEnum):
    """Which names the members of an entry have."""

    BOOK = "character_book"
    WORLD_INFO = "world_info"


@dataclass(frozen=True, slots=True)
class _Names:
    keys: str
    secondary: str
    titles: tuple[str, ...]  # the first that is not blank names the entry
    order: str


_NAMES = {
    Dialect.BOOK: _Names("keys", "secondary_keys", ("name", "comment"), "insertion_order"),
    Dialect.WORLD_INFO: _Names("key", "keysecondary", ("comment",), "order"),
}
_USUAL_ORDER = 100
_REQUIRED: dict[Dialect, dict[str, Any]] = {
    Dialect.BOOK: {
        "keys": [],
        "content": "",
        "extensions": {},
        "enabled": True,
        "insertion_order": _USUAL_ORDER,
        "use_regex": False,
    },
    Dialect.WORLD_INFO: {
        "key": [],
        "keysecondary": [],
        "comment": "",
        "content": "",
        "constant": False,
        "selective": False,
        "order": _USUAL_ORDER,
        "position": 0,
        "disable": False,
    },
}
_FIRST_DECORATOR = "@@"  # V3: lines at the beginning that steer, and are no text


def read_lore(raw: Mapping[str, Any], dialect: Dialect, of: str = "") -> Entry:
    """An entry with a new id; `of` is the id of the character whose card it comes from."""
    given = {name: member for name, member in raw.items() if member is not None}
    raw = {**copy.deepcopy(_REQUIRED[dialect]), **given}
    kept: dict[str, Any] = {"dialect": dialect.value, "raw": raw}
    if of:
        kept["of"] = of
    fields = {"kind": EntryKind.LORE, **_fields(raw, dialect)}
    return Entry(id=new_id(), extras={EXTRA: kept}, **fields)


def write_lore(entry: Entry, dialect: Dialect) -> dict[str, Any]:
    """The entry as a lorebook has it: what was read and is unchanged stays as it was."""
    kept = entry.extras.get(EXTRA)
    kept = kept if isinstance(kept, dict) else {}
    raw = kept.get("raw")
    if not isinstance(raw, dict):
        raw = copy.deepcopy(_REQUIRED[dialect])
    elif kept.get("dialect") != dialect.value:
        raw = _translated(raw, dialect)
    return _updated(raw, dialect, entry)


def is_off(raw: Mapping[str, Any], dialect: Dialect) -> bool:
    """Whether an entry was switched off by its author."""
    if dialect is Dialect.BOOK:
        return raw.get("enabled", True) is False
    return raw.get("disable") is True


def needs_second_key(raw: Mapping[str, Any], dialect: Dialect) -> bool:
    """Whether one of its keywords alone is not enough for its author."""
    return raw.get("selective") is True and bool(loose_texts(raw.get(_NAMES[dialect].secondary)))


def has_patterns(raw: Mapping[str, Any], dialect: Dialect) -> bool:
    """Whether its keywords are meant as regular expressions."""
    keys = loose_texts(raw.get(_NAMES[dialect].keys))
    return raw.get("use_regex") is True or any(
        len(key) > 2 and key.startswith("/") and "/" in key[2:] for key in keys
    )


def has_decorators(raw: Mapping[str, Any]) -> bool:
    """Whether its text begins with lines that steer a program."""
    return bool(_undecorated(loose_text(raw.get("content")))[0])


def _fields(raw: Mapping[str, Any], dialect: Dialect) -> dict[str, Any]:
    """What an Entry takes over; keys are plain text, never patterns."""
    names = _NAMES[dialect]
    keys = loose_texts(raw.get(names.keys))
    titles = [loose_name(raw.get(member)) for member in names.titles]
    return {
        "text": _undecorated(loose_text(raw.get("content")))[1],
        "order": finite_number(raw.get(names.order), _USUAL_ORDER),
        **read_extension(raw.get("extensions")),
        "name": next((title for title in (*titles, *map(loose_name, keys)) if title), "Lore"),
        "keywords": keys,
        "always_on": raw.get("constant") is True,
        "enabled": not is_off(raw, dialect),
    }


def _updated(raw: dict[str, Any], dialect: Dialect, entry: Entry) -> dict[str, Any]:
    names = _NAMES[dialect]
    before = _fields(raw, dialect)
    new = dict(raw)
    if entry.text != before["text"]:
        new["content"] = _undecorated(loose_text(raw.get("content")))[0] + entry.text
    if entry.name != before["name"]:
        new |= dict.fromkeys(names.titles, entry.name)
    if entry.keywords != before["keywords"]:
        new[names.keys] = list(entry.keywords)
    if entry.always_on != before["always_on"]:
        new["constant"] = entry.always_on
    if entry.enabled != before["enabled"]:
        is_book = dialect is Dialect.BOOK
        new |= {"enabled": entry.enabled} if is_book else {"disable": not entry.enabled}
    if entry.order != before["order"]:
        new[names.order] = int(entry.order) if entry.order.is_integer() else entry.order
    if carried := differing(entry, before, _CARRIED):
        new["extensions"] = with_extension(raw.get("extensions"), carried)
    return new


def _undecorated(content: str) -> tuple[str, str]:
    """The decorators at the beginning, and the rest."""
    at = 0
    for line in content.splitlines(keepends=True):
        if not line.startswith(_FIRST_DECORATOR):
            break
        at += len(line)
    return content[:at], content[at:]


def _translated(raw: Mapping[str, Any], to: Dialect) -> dict[str, Any]:
    """A raw entry in the other dialect; members that it does not know come along."""
    source = Dialect.WORLD_INFO if to is Dialect.BOOK else Dialect.BOOK
    old, new = _NAMES[source], _NAMES[to]
    rest = dict(raw)
    title = next((rest[name] for name in old.titles if rest.get(name)), "")
    for name in old.titles:
        rest.pop(name, None)
    made: dict[str, Any] = {
        **dict.fromkeys(new.titles, title),
        new.keys: rest.pop(old.keys, []),
        new.secondary: rest.pop(old.secondary, []),
        new.order: rest.pop(old.order, _USUAL_ORDER),
        **{name: rest.pop(name) for name in ("content", "constant", "selective") if name in rest},
    }
    position = rest.pop("position", None)
    if to is Dialect.BOOK:
        made["enabled"] = rest.pop("disable", False) is not True
        made["position"] = "before_char" if position == 0 else "after_char"
        extensions = rest.pop("extensions", None) or {}
        made["extensions"] = {**rest, **extensions} if isinstance(extensions, dict) else rest
        return {**copy.deepcopy(_REQUIRED[to]), **made}
    made["disable"] = rest.pop("enabled", True) is False
    made["position"] = 0 if position == "before_char" else 1
    return {**copy.deepcopy(_REQUIRED[to]), **rest, **made}
