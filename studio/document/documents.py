"""The values a project is made of: documents, and changes to them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from studio.document.assets import Asset

LONGEST_TEXT = 32 * 1024 * 1024
"""Bytes of one document's JSON."""

LONGEST_NAME = 500
"""Characters of a key or a kind."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One typed JSON object of a project.

    `key` is unique in the project; `kind` says what the object means. A kind that this program does
    not know is kept like any other: `text` is the JSON exactly as it lies in the file, so what is
    not changed stays as it was, byte for byte.
    """

    key: str
    kind: str
    text: str

    @classmethod
    def make(cls, key: str, kind: str, data: Mapping[str, object]) -> Document:
        """Raises ProjectError for what cannot be kept, TypeError for what is no JSON value."""
        for name in (key, kind):
            if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
                raise ProjectError("bad_document", f"“{name[:50]}” cannot name a document.")
        try:
            text = write_json_text(data)
        except (ValueError, RecursionError) as error:
            raise ProjectError("bad_document", f"“{key}” holds what JSON cannot.") from error
        if len(text.encode()) > LONGEST_TEXT:
            raise ProjectError("too_large", f"“{key}” is too large for one document.")
        return cls(key, kind, text)

    @property
    def data(self) -> dict[str, Any]:
        """A fresh copy at each call. Raises ProjectError where Python cannot read the JSON."""
        try:
            value = json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise ProjectError("bad_document", f"“{self.key}” cannot be read.") from error
        if not isinstance(value, dict):
            raise ProjectError("bad_document", f"“{self.key}” holds no JSON object.")
        return value

    def updated(self, **changes: object) -> Document:
        """With some members replaced; all others, known or not, keep their values."""
        return Document.make(self.key, self.kind, self.data | changes)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a project at once, or not at all."""

    puts: tuple[Document, ...] = ()
    deletes: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What observers are told: the keys of the documents, and the kinds that are concerned."""

    revision: int
    added: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


def write_json_text(data: object, indent: int | None = None) -> str:
    """Readable and always the same for the same value; valid Unicode, whatever the strings are.

    Raises TypeError, ValueError or RecursionError for what is no JSON value.
    """
    text = json.dumps(
        data,
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        indent=indent,
        separators=None if indent else (",", ":"),
    )
    return _HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
