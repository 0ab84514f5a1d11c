"""Whether a picture is older than the entries of the story bible that it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.document.bible.fingerprint import MadeFrom, stamp
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.bible_watch import BibleWatch

# What a picture shows nothing of, as how somebody speaks, makes none older.
_FIELDS = {
    "name": QT_TRANSLATE_NOOP("StalePictures", "Older than {name}'s name"),
    "prompt": QT_TRANSLATE_NOOP("StalePictures", "Older than {name}'s prompt"),
    "negative": QT_TRANSLATE_NOOP("StalePictures", "Older than {name}'s negative prompt"),
    "loras": QT_TRANSLATE_NOOP("StalePictures", "Older than {name}'s LoRA"),
    "seed": QT_TRANSLATE_NOOP("StalePictures", "Older than {name}'s seed"),
}
_SOMETHING = QT_TRANSLATE_NOOP("StalePictures", "Older than {name}")


class StalePictures:
    """Compares with the open project as it is now."""

    def __init__(self, watch: BibleWatch) -> None:
        self._watch, self._bible = watch, watch.bible
        self._stamps: dict[str, MadeFrom] = {}

    def older_than(self, made_from: Iterable[MadeFrom]) -> str:
        """ "Older than Mara's prompt", or "" for what is as new as the entries it is made from."""
        for made in made_from:
            now = self._stamp(made.entry)
            if now is not None and (words := _older(made, now)):
                return words.format(name=now.name)
        return ""

    def _stamp(self, entry_id: str) -> MadeFrom | None:
        if self._watch.bible is not self._bible:
            self._bible = self._watch.bible
            self._stamps.clear()
        entry = self._bible.get(entry_id)
        if entry is None:
            return None
        if entry_id not in self._stamps:
            self._stamps[entry_id] = stamp(entry)
        return self._stamps[entry_id]


def _older(made: MadeFrom, now: MadeFrom) -> str:
    """The sentence for what has changed, of several things the first; "" for nothing."""
    if not made.is_stale(now):
        return ""
    if not made.fields:
        return _tr(_SOMETHING)
    changed = made.changed_fields(now)
    # A name is drawn only where there is no prompt to be drawn instead.
    seen = [field for field in changed if field != "name" or "prompt" not in (now.fields or {})]
    return next((_tr(_FIELDS[field]) for field in seen if field in _FIELDS), "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("StalePictures", text)
