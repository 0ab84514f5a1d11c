"""Entries and bibles for tests."""

from __future__ import annotations

from typing import Any

from studio.document.bible.bible import Bible
from studio.document.bible.entry import Entry, EntryKind


def entry(name: str, **fields: Any) -> Entry:
    """A character whose id is its name in small letters."""
    id_ = name.lower().replace(" ", "_")
    return Entry(**{"id": id_, "kind": EntryKind.CHARACTER, "name": name, **fields})


def bible(*entries: Entry | str) -> Bible:
    """With an entry for each name, too."""
    return Bible(tuple(each if isinstance(each, Entry) else entry(each) for each in entries))
