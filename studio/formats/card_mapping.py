"""A character card as entries of the bible, and back without losing what is unchanged.

The card itself stays in the extras of its character. What is exported is that card with the members
whose entry was changed since, so members that the bible has no place for survive, and a stranger's
instructions to a model (`system_prompt`, `post_history_instructions`) are data nobody uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from studio.document.bible.entry import Entry, EntryKind, new_id
from studio.formats import card_text
from studio.formats.card_data import Card, completed
from studio.formats.fabula_extension import differing, read_extension, with_extension
from studio.formats.imported_bible import ImportedBible
from studio.formats.loose import loose_name, loose_text, loose_texts, unique
from studio.formats.lore_entry import EXTRA as LORE_EXTRA
from studio.formats.lore_entry import Dialect, write_lore
from studio.formats.lorebook import read_entries

EXTRA = "card"
"""Where a character's extras keep its card: `data` without lore entries, and `outer`."""

_LONGEST_NOTE = 400  # characters of a stranger's text that is quoted in a note
_CARRIED = ("summary", "keywords", "prompt", "negative", "seed")
"""Members of an Entry that a card has none for."""


def read_card(card: Card, check: Callable[[], None]) -> ImportedBible:
    """The character, then its lore, all with new ids. `check` may raise."""
    data = dict(card.data)
    id_ = new_id()
    lore: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    book = data.get("character_book")
    if isinstance(book, dict) and isinstance(book.get("entries"), list):
        lore, notes = read_entries(book["entries"], check, of=id_)
        data["character_book"] = {k: v for k, v in book.items() if k != "entries"}
    kept = {"data": data, "outer": card.outer}
    fields = {**_fields(data), "kind": EntryKind.CHARACTER}
    character = Entry(id=id_, extras={EXTRA: kept}, **fields)
    return ImportedBible((character, *lore), notes=(*_notes(card), *notes))


def write_card(character: Entry, lore: Iterable[Entry] = ()) -> Card:
    """The card of a character with the lore that belongs to it; see `lore_of`."""
    kept = character.extras.get(EXTRA)
    kept = kept if isinstance(kept, dict) else {}
    data, outer = kept.get("data"), kept.get("outer")
    if not isinstance(data, dict):
        data = {"name": character.name}
    data = _updated(completed(data), character)
    entries = [write_lore(entry, Dialect.BOOK) for entry in lore]
    book = data.get("character_book")
    if entries or (isinstance(book, dict) and "entries" not in book):
        about = book if isinstance(book, dict) else {"extensions": {}}
        data["character_book"] = {**about, "entries": entries}
    return Card(data, dict(outer) if isinstance(outer, dict) else {})


def lore_of(character: Entry, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those entries that came with the character's card."""
    return tuple(
        entry
        for entry in entries
        if isinstance(kept := entry.extras.get(LORE_EXTRA), dict) and kept.get("of") == character.id
    )


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    """What an Entry takes over of a card."""
    ours = read_extension(data.get("extensions"))
    spoken = card_text.voice(data)
    ours_voice = ours.pop("voice", spoken)
    return {
        **ours,
        "name": loose_name(data.get("name")) or "Unnamed",
        "aliases": unique((loose_name(data.get("nickname")), *ours.get("aliases", ()))),
        "text": card_text.joined(card_text.sections(data)),
        "tags": loose_texts(data.get("tags")),
        "voice": ours_voice,
    }


def _updated(data: dict[str, Any], entry: Entry) -> dict[str, Any]:
    before = _fields(data)
    new = dict(data)
    if entry.name != before["name"]:
        new["name"] = entry.name
    if entry.tags != before["tags"]:
        new["tags"] = list(entry.tags)
    if entry.text != before["text"]:
        old, now = card_text.sections(data), card_text.split(entry.text)
        for member in old.keys() | now.keys():
            if old.get(member) != now.get(member):
                new[member] = now.get(member, "")
    if entry.voice.samples != before["voice"].samples and not loose_text(new.get("mes_example")):
        new["mes_example"] = card_text.example_messages(entry.voice.samples)
    carried = differing(entry, before, _CARRIED)
    said = read_extension(data.get("extensions")).get("voice", card_text.voice(new))
    if entry.voice != said:
        carried["voice"] = entry.voice
    if entry.aliases != before["aliases"]:
        new["nickname"] = entry.aliases[0] if entry.aliases else ""
        carried["aliases"] = entry.aliases[1:]
    return {**new, "extensions": with_extension(data.get("extensions"), carried)}


def _notes(card: Card) -> tuple[str, ...]:
    data = card.data
    found = []
    remark = " ".join(loose_text(data.get("creator_notes")).split())
    if remark:
        cut = remark if len(remark) <= _LONGEST_NOTE else f"{remark[:_LONGEST_NOTE]}…"
        found.append(f"Its author remarks: “{cut}”")
    if loose_text(data.get("system_prompt")) or loose_text(data.get("post_history_instructions")):
        found.append("The card brings instructions for a text model: they are kept, not used.")
    return tuple(found)
