"""What was made from an entry, and whether the entry is still what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.document.bible.entry_json import entry_document
from studio.document.documents import write_json_text

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry

MADE_FROM = "made_from"
"""The member of documents and recipes that lists what they were made from."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "name": ("name",),
    "summary": ("summary",),
    "text": ("text",),
    "prompt": ("prompt",),
    "negative": ("negative",),
    "references": ("references", "portrait"),
    "seed": ("seed",),
    "loras": ("loras",),
    "voice": ("voice",),
}
"""What changes what is made, by the name of the field that a person knows."""

_DIGITS = 16
_FIELD_DIGITS = 8


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """One item of MADE_FROM: an entry as it was when something was made from it.

    `fingerprint` has 16 hexadecimal digits; `fields` has 8 for each of FIELDS that was not empty,
    or is None where that was not written down.
    """

    entry: str
    fingerprint: str
    name: str
    fields: Mapping[str, str] | None = field(default=None, hash=False)

    def to_json(self) -> dict[str, Any]:
        fields = {} if self.fields is None else {"fields": dict(self.fields)}
        return {
            "entry": self.entry,
            "fingerprint": self.fingerprint,
            "name": self.name,
            **fields,
        }

    def is_stale(self, now: MadeFrom) -> bool:
        """Whether what changes what is made has changed since; `now` is the entry's `stamp`."""
        return self.fingerprint != now.fingerprint

    def changed_fields(self, now: MadeFrom) -> tuple[str, ...]:
        """Names out of FIELDS; empty where nothing changed, or where it is not known what."""
        if self.fields is None or now.fields is None:
            return ()
        return tuple(name for name in FIELDS if self.fields.get(name) != now.fields.get(name))


def stamp(entry: Entry) -> MadeFrom:
    """The entry as it is now."""
    fields = field_fingerprints(entry)
    return MadeFrom(entry.id, _digest(fields, _DIGITS), entry.name, fields)


def made_from(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The value of MADE_FROM for something that is made from these entries now."""
    return [stamp(entry).to_json() for entry in entries]


def read_made_from(value: object) -> tuple[MadeFrom, ...]:
    """The items of a MADE_FROM; what is none is passed over."""
    items = value if isinstance(value, list) else []
    return tuple(item for item in map(_read_item, items) if item is not None)


def fingerprint(entry: Entry) -> str:
    """Sixteen hexadecimal digits: equal for entries from which the same is made."""
    return stamp(entry).fingerprint


def field_fingerprints(entry: Entry) -> dict[str, str]:
    """Eight hexadecimal digits for each of FIELDS that is not empty.

    Empty ones are left out, so that a field which a later version adds changes nothing.
    """
    data = entry_document(entry).data
    values = {
        name: {member: data[member] for member in members if member in data}
        for name, members in FIELDS.items()
    }
    return {name: _digest(value, _FIELD_DIGITS) for name, value in values.items() if value}


def _digest(value: object, digits: int) -> str:
    return hashlib.sha256(write_json_text(value).encode()).hexdigest()[:digits]


def _read_item(value: object) -> MadeFrom | None:
    if not isinstance(value, dict):
        return None
    texts = [value.get(member) for member in ("entry", "fingerprint")]
    if not all(isinstance(text, str) and text for text in texts):
        return None
    name, fields = value.get("name"), value.get("fields")
    return MadeFrom(
        value["entry"],
        value["fingerprint"],
        name if isinstance(name, str) else "",
        fields if isinstance(fields, dict) else None,
    )
