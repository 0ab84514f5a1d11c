"""The kinds of the story bible's entries, for people: an icon and a word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.document.bible.entry import EntryKind
from studio.translation import QT_TRANSLATE_NOOP

ICONS = {
    EntryKind.CHARACTER: "user",
    EntryKind.PLACE: "map-pin",
    EntryKind.LOOK: "palette",
    EntryKind.PROP: "key",
    EntryKind.LORE: "article",
}
_KINDS = {
    EntryKind.CHARACTER: QT_TRANSLATE_NOOP("Bible", "Character"),
    EntryKind.PLACE: QT_TRANSLATE_NOOP("Bible", "Place"),
    EntryKind.LOOK: QT_TRANSLATE_NOOP("Bible", "Look"),
    EntryKind.PROP: QT_TRANSLATE_NOOP("Bible", "Prop"),
    EntryKind.LORE: QT_TRANSLATE_NOOP("Bible", "Lore"),
}


def kind_name(kind: EntryKind) -> str:
    """ "Character"."""
    return QCoreApplication.translate("Bible", _KINDS[kind])
