"""The story bible as what texts can mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.document.bible.mentions import find_mentions, unknown_mentions, write_mention
from studio.entry_kinds import ICONS, kind_name
from studio.widgets.mentions import MentionChoice, MentionSource, MentionSpan

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.bible_watch import BibleWatch


class BibleMentions(MentionSource):
    """The entries are the choices, by their ids."""

    def __init__(self, watch: BibleWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        watch.changed.connect(self.changed)

    def spans(self, text: str) -> list[MentionSpan]:
        """An `@` in a project without a bible is nothing to remark on."""
        bible = self._watch.bible
        if not len(bible):
            return []
        tip = QCoreApplication.translate("Bible", "The story bible has no “{name}”.")
        spans = [MentionSpan(found.start, found.end) for found in find_mentions(text, bible)]
        spans += [
            MentionSpan(found.start, found.end, False, tip.format(name=found.name))
            for found in unknown_mentions(text, bible)
        ]
        return sorted(spans, key=lambda span: span.start)

    def choices(self) -> list[MentionChoice]:
        return [
            MentionChoice(
                entry.id,
                entry.name,
                kind_name(entry.kind),
                ICONS[entry.kind],
                entry.portrait,
                entry.aliases,
            )
            for entry in self._watch.bible
        ]

    def written(self, key: str, before: str, after: str) -> str:
        entry = self._watch.bible.get(key)
        assert entry is not None
        return write_mention(entry, self._watch.bible, before, after)
