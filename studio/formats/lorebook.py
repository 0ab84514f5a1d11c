"""Lorebooks as files of their own: `lorebook_v3`, a `character_book`, SillyTavern's world info."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from studio.document.bible.entry_json import finite_number
from studio.document.documents import write_json_text
from studio.formats.imported_bible import ImportedBible, UnreadableError
from studio.formats.lore_entry import (
    EXTRA,
    Dialect,
    has_decorators,
    has_patterns,
    is_off,
    needs_second_key,
    read_lore,
    write_lore,
)

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry

MOST_ENTRIES = 20_000
V3_SPEC = "lorebook_v3"


class BookShape(StrEnum):
    """What a lorebook's file looks like."""

    V3 = "lorebook_v3"
    CHARACTER_BOOK = "character_book"
    WORLD_INFO = "world_info"


def shape_of(value: object) -> BookShape | None:
    """What a JSON value wants to be; None for what is no lorebook."""
    if not isinstance(value, dict):
        return None
    if value.get("spec") == V3_SPEC:
        return BookShape.V3
    entries = value.get("entries")
    if isinstance(entries, dict):
        return BookShape.WORLD_INFO
    return BookShape.CHARACTER_BOOK if isinstance(entries, list) else None


def read_lorebook(value: object, check: Callable[[], None]) -> ImportedBible:
    """The entries of a lorebook's JSON value, with new ids.

    The first of them keeps what the book says of itself. `check` is called at each entry and may
    raise. Raises UnreadableError for what is no lorebook.
    """
    shape = shape_of(value)
    if shape is None or not isinstance(value, dict):
        raise UnreadableError("holds no lorebook")
    book: Any = value
    outer: dict[str, Any] = {}
    if shape is BookShape.V3:
        book = value.get("data")
        outer = {k: v for k, v in value.items() if k not in ("spec", "data")}
        if not isinstance(book, dict) or not isinstance(book.get("entries"), list | dict):
            raise UnreadableError("holds a lorebook without entries")
    entries, notes = read_entries(book["entries"], check)
    if entries:
        about = {"shape": shape.value, "outer": outer, "about": _about(book)}
        first = entries[0]
        kept = {**first.extras[EXTRA], "book": about}
        entries = (replace(first, extras={**first.extras, EXTRA: kept}), *entries[1:])
    return ImportedBible(entries, notes=notes or (() if entries else ("The lorebook is empty.",)))


def read_entries(
    entries: object, check: Callable[[], None], of: str = ""
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries of a list (`character_book`) or an object (world info), and notes about them.

    `of` is the id of the character whose card they come from. Raises UnreadableError for more than
    MOST_ENTRIES.
    """
    dialect = Dialect.WORLD_INFO if isinstance(entries, dict) else Dialect.BOOK
    raws = _numbered(entries) if isinstance(entries, dict) else entries
    raws = raws if isinstance(raws, list) else []
    if len(raws) > MOST_ENTRIES:
        raise UnreadableError(f"holds more than {MOST_ENTRIES:,} entries")
    good = [raw for raw in raws if isinstance(raw, dict)]
    read = []
    for raw in good:
        check()
        read.append(read_lore(raw, dialect, of))
    return tuple(read), _notes(good, dialect, len(raws) - len(good))


def write_lorebook(entries: Iterable[Entry], shape: BookShape) -> bytes:
    """A JSON file of that shape; what the entries' book said of itself is in it again."""
    entries = tuple(entries)
    outer, about = _kept(entries, shape)
    if shape is BookShape.WORLD_INFO:
        value = {**about, "entries": _by_number(entries)}
    else:
        value = {**about, "entries": [write_lore(entry, Dialect.BOOK) for entry in entries]}
    if shape is BookShape.V3:
        value.setdefault("extensions", {})  # required there
        value = {**outer, "spec": V3_SPEC, "data": value}
    return (write_json_text(value, indent=2) + "\n").encode()


def _about(book: Mapping[str, Any]) -> dict[str, Any]:
    return {name: member for name, member in book.items() if name != "entries"}


def _kept(entries: tuple[Entry, ...], shape: BookShape) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stood beside the book and in it, of the first book that the entries come from."""
    for entry in entries:
        kept = entry.extras.get(EXTRA)
        book = kept.get("book") if isinstance(kept, dict) else None
        if isinstance(book, dict):
            about, outer = book.get("about"), book.get("outer")
            same = book.get("shape") == shape.value and isinstance(outer, dict)
            return dict(outer or {}) if same else {}, dict(about) if isinstance(about, dict) else {}
    return {}, {}


def _numbered(entries: Mapping[str, Any]) -> list[Any]:
    """World info by number; what has none of its own has it as the name of its member."""
    raws = [
        {"uid": int(name), **raw}
        if isinstance(raw, dict) and name.isascii() and name.isdigit() and len(name) < 10
        else raw
        for name, raw in entries.items()
    ]
    return sorted(raws, key=_number)


def _number(raw: object) -> float:
    return finite_number(raw.get("uid") if isinstance(raw, dict) else None, math.inf)


def _by_number(entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    free = 0
    for entry in entries:
        raw = write_lore(entry, Dialect.WORLD_INFO)
        number = raw.get("uid")
        if not isinstance(number, int) or isinstance(number, bool) or str(number) in made:
            while str(free) in made:
                free += 1
            number = free
        made[str(number)] = {**raw, "uid": number}
    return made


def _notes(raws: list[dict[str, Any]], dialect: Dialect, bad: int) -> tuple[str, ...]:
    counted = (
        (bad, "{n} of its lore entries are none and were left out."),
        (
            sum(is_off(raw, dialect) for raw in raws),
            "{n} of its lore entries are switched off: they apply only where they are mentioned.",
        ),
        (
            sum(needs_second_key(raw, dialect) for raw in raws),
            "{n} of its lore entries want a second keyword too: here the first is enough.",
        ),
        (
            sum(has_patterns(raw, dialect) for raw in raws),
            "{n} of its lore entries have patterns for keywords: they are taken as plain text.",
        ),
        (
            sum(has_decorators(raw) for raw in raws),
            "{n} of its lore entries begin with lines for other programs: they are kept, not used.",
        ),
    )
    return tuple(sentence.format(n=f"{number:,}") for number, sentence in counted if number)
