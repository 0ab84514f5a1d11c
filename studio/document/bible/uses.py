"""Where entries are used: which parts of which documents were made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.document.bible.fingerprint import MADE_FROM, MadeFrom, read_made_from, stamp
from studio.document.bible.part import Part
from studio.document.documents import Document
from studio.document.errors import ProjectError
from studio.document.storyboard.documents import SCENE_KIND
from studio.document.storyboard.parts import scene_parts

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible


PartsOf = Callable[[Document, Mapping[str, Any]], Iterable[Part]]
"""Gets a document and its data."""


@dataclass(frozen=True, slots=True)
class Use:
    """A part of a document that was made from an entry.

    `stale` says that the entry has changed since, and `changed_fields` in what, as far as it is
    known (`fingerprint.FIELDS`).
    """

    entry_id: str
    key: str
    kind: str
    part: str
    label: str
    stale: bool
    changed_fields: tuple[str, ...] = ()


def whole(document: Document, data: Mapping[str, Any]) -> Iterable[Part]:
    """The document as its only part, called by its title or name, or by its key."""
    named = (data.get(member) for member in ("title", "name"))
    label = next((name for name in named if isinstance(name, str) and name.strip()), document.key)
    return (Part("", label, data),)


PARTS: Mapping[str, PartsOf] = {SCENE_KIND: scene_parts}
"""How documents of a kind are taken apart, one line for each kind; others are `whole`."""


def uses_of(
    bible: Bible, documents: Iterable[Document], parts: Mapping[str, PartsOf] = PARTS
) -> list[Use]:
    """All uses of entries that are in the bible, in the order of the documents."""
    now: dict[str, MadeFrom] = {}
    uses = []
    for document in documents:
        for part in _parts(document, parts):
            for made in read_made_from(part.data.get(MADE_FROM)):
                entry = bible.get(made.entry)
                if entry is None:
                    continue
                if entry.id not in now:
                    now[entry.id] = stamp(entry)
                current = now[entry.id]
                uses.append(
                    Use(
                        entry_id=entry.id,
                        key=document.key,
                        kind=document.kind,
                        part=part.id,
                        label=part.label,
                        stale=made.is_stale(current),
                        changed_fields=made.changed_fields(current),
                    )
                )
    return uses


def _parts(document: Document, parts: Mapping[str, PartsOf]) -> Iterable[Part]:
    if MADE_FROM not in document.text:
        return ()
    try:
        data = document.data
    except ProjectError:
        return ()
    return parts.get(document.kind, whole)(document, data)
