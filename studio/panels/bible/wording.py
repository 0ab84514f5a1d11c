"""The panel's words for kinds, steps of the history, uses and reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.document.bible.entry import EntryKind
from studio.document.bible.retrieval import Cause, Reason
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.document.bible.bible import Bible
    from studio.document.bible.entry import Entry
    from studio.document.bible.uses import Use

_KINDS_MANY = {
    EntryKind.CHARACTER: QT_TRANSLATE_NOOP("Bible", "Characters"),
    EntryKind.PLACE: QT_TRANSLATE_NOOP("Bible", "Places"),
    EntryKind.LOOK: QT_TRANSLATE_NOOP("Bible", "Looks"),
    EntryKind.PROP: QT_TRANSLATE_NOOP("Bible", "Props"),
    EntryKind.LORE: QT_TRANSLATE_NOOP("Bible", "Lore"),
}
_NEW = {
    EntryKind.CHARACTER: QT_TRANSLATE_NOOP("Bible", "New character"),
    EntryKind.PLACE: QT_TRANSLATE_NOOP("Bible", "New place"),
    EntryKind.LOOK: QT_TRANSLATE_NOOP("Bible", "New look"),
    EntryKind.PROP: QT_TRANSLATE_NOOP("Bible", "New prop"),
    EntryKind.LORE: QT_TRANSLATE_NOOP("Bible", "New lore"),
}
_STEPS = {
    "aliases": QT_TRANSLATE_NOOP("Bible", "{name}: other names"),
    "summary": QT_TRANSLATE_NOOP("Bible", "{name}: summary"),
    "text": QT_TRANSLATE_NOOP("Bible", "{name}: text"),
    "tags": QT_TRANSLATE_NOOP("Bible", "{name}: tags"),
    "keywords": QT_TRANSLATE_NOOP("Bible", "{name}: keywords"),
    "always_on": QT_TRANSLATE_NOOP("Bible", "{name}: always on"),
    "enabled": QT_TRANSLATE_NOOP("Bible", "{name}: switched on or off"),
    "prompt": QT_TRANSLATE_NOOP("Bible", "{name}: prompt"),
    "negative": QT_TRANSLATE_NOOP("Bible", "{name}: negative prompt"),
    "references": QT_TRANSLATE_NOOP("Bible", "{name}: pictures"),
    "portrait": QT_TRANSLATE_NOOP("Bible", "{name}: portrait"),
    "seed": QT_TRANSLATE_NOOP("Bible", "{name}: seed"),
    "loras": QT_TRANSLATE_NOOP("Bible", "{name}: LoRA"),
    "voice": QT_TRANSLATE_NOOP("Bible", "{name}: voice"),
    "relations": QT_TRANSLATE_NOOP("Bible", "{name}: relations"),
    "kind": QT_TRANSLATE_NOOP("Bible", "{name}: kind"),
}
_OLDER = {
    "kind": QT_TRANSLATE_NOOP("Bible", "its kind"),
    "name": QT_TRANSLATE_NOOP("Bible", "the name"),
    "summary": QT_TRANSLATE_NOOP("Bible", "the summary"),
    "text": QT_TRANSLATE_NOOP("Bible", "the text"),
    "prompt": QT_TRANSLATE_NOOP("Bible", "the prompt"),
    "negative": QT_TRANSLATE_NOOP("Bible", "the negative prompt"),
    "references": QT_TRANSLATE_NOOP("Bible", "the pictures"),
    "seed": QT_TRANSLATE_NOOP("Bible", "the seed"),
    "loras": QT_TRANSLATE_NOOP("Bible", "the LoRA"),
    "voice": QT_TRANSLATE_NOOP("Bible", "the voice"),
}


_LONG_WORD = re.compile(r"\S{20}(?=\S{4})")


def kinds(entry_kind: EntryKind) -> str:
    """More than one of the kind."""
    return _tr(_KINDS_MANY[entry_kind])


def new(entry_kind: EntryKind) -> str:
    """The step that makes one, and its name until it has another."""
    return _tr(_NEW[entry_kind])


def step(field: str, name: str) -> str:
    """The name of an edit in the history: "Mara: prompt"."""
    return _tr(_STEPS[field]).format(name=_short(name))


def on_entries(one: str, many: str, entries: list[Entry], *, isolate: bool = False) -> str:
    """A step that concerns one entry, by its name, or several, by their number.

    With `isolate` the name is set apart, for sentences.
    """
    if len(entries) == 1:
        name = _short(entries[0].name)
        return one.format(name=in_sentence(name) if isolate else name)
    return many.format(count=len(entries))


def in_sentence(name: str) -> str:
    """A name or a text of any script inside a sentence, of which neither turns the other round."""
    return f"\u2068{name}\u2069"  # first strong isolate (Unicode, UAX 9)


def breakable(text: str) -> str:
    """With places to break in words that are longer than a narrow column."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def older_than(use: Use) -> str:
    """What of the entry is newer than what was made: "Older than the prompt"; "" if nothing."""
    if not use.stale:
        return ""
    if not use.changed_fields:
        return _tr("Older than this entry")
    what = ", ".join(_tr(_OLDER[field]) for field in use.changed_fields)
    return _tr("Older than {what}").format(what=what)


def reason(why: Reason, bible: Bible) -> str:
    """Why an entry applies to a text."""
    match why.cause:
        case Cause.ALWAYS_ON:
            return _tr("always on")
        case Cause.MENTION:
            return _tr("mentioned as {word}").format(word=f"@{why.word}")
        case Cause.NAME:
            return _times(_tr("named “{word}”").format(word=why.word), why.count)
        case Cause.KEYWORD:
            return _times(_tr("keyword “{word}”").format(word=why.word), why.count)
        case Cause.MEANING:
            return _tr("close in meaning")
        case Cause.RELATED:
            other = bible.get(why.word)
            return _tr("related to {name}").format(name=other.name if other else why.word)


def _times(text: str, count: int) -> str:
    return _tr("{what} {count} times").format(what=text, count=count) if count > 1 else text


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Bible", text)
