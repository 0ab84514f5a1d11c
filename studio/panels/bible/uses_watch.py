"""Where the entries are used, looked up a moment after the project has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.document.bible.uses import uses_of
from studio.panels.bible.entry_model import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.bible_watch import BibleWatch
    from studio.document.bible.uses import Use
    from studio.open_project import OpenProject

_AFTER_MS = 300


class UsesWatch(QObject):
    """Signals:
    changed: the uses are others now.
    """

    changed = Signal()

    def __init__(self, project: OpenProject, watch: BibleWatch, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._watch = project, watch
        self._uses: dict[str, list[Use]] = {}
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.look)
        project.changed.connect(self._on_project_changed)

    def of(self, entry_id: str) -> Sequence[Use]:
        return self._uses.get(entry_id, [])

    @property
    def marks(self) -> Mapping[str, Mark]:
        """For each entry that is used."""
        return {
            entry_id: Mark(len(uses), sum(use.stale for use in uses))
            for entry_id, uses in self._uses.items()
        }

    def look(self) -> None:
        self._timer.stop()
        found = defaultdict[str, list["Use"]](list)
        for use in uses_of(self._watch.bible, self._project.documents.values()):
            found[use.entry_id].append(use)
        if found != self._uses:
            self._uses = dict(found)
            self.changed.emit()

    def _on_project_changed(self) -> None:
        self._timer.start()
