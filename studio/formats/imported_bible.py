"""What reading somebody's file gives: entries, their pictures, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.assets import Asset
    from studio.document.bible.entry import Entry


@dataclass(frozen=True, slots=True)
class ImportedBible:
    """Entries that are in no project yet.

    `entries` refer to `pictures` by their hashes, so that a project takes both as they are.
    `notes` are sentences about what was left out, changed or is worth knowing: plain text of
    strangers is quoted in them.
    """

    entries: tuple[Entry, ...]
    pictures: tuple[Asset, ...] = ()
    notes: tuple[str, ...] = ()


class UnreadableError(ValueError):
    """A file is not what it should be. The message continues "“mara.png” …", without a stop."""
