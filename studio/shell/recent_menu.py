"""The menu of the projects that were open last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtGui import QAction

    from studio.background import Background
    from studio.recent_projects import RecentProjects


class RecentMenu(QMenu):
    """Missing files are greyed; whether one is there is looked up in a thread, for it may lie on a
    disk that sleeps.

    Signals:
        path_chosen: this file is to be opened.
    """

    path_chosen = Signal(object)

    def __init__(
        self, recent: RecentProjects, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._recent, self._background = recent, background
        self._entries: dict[Path, QAction] = {}
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._on_about_to_show)
        recent.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        self._entries = {}
        for path in self._recent.paths:
            entry = self.addAction(_readable(path))
            entry.setToolTip(plain_tip(str(path)))
            entry.setData(path)
            entry.triggered.connect(self._on_entry_triggered)
            self._entries[path] = entry
        if not self._entries:
            self.addAction(self.tr("No project was open yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(self.tr("Clear this list")).triggered.connect(self._recent.clear)

    def _on_about_to_show(self) -> None:
        paths = self._recent.paths
        self._background.run(lambda: _missing(paths), self._show_missing)

    def _show_missing(self, missing: set[Path]) -> None:
        for path, entry in self._entries.items():
            entry.setEnabled(path not in missing)
            gone = self.tr("%1 is not there any more.").replace("%1", str(path))
            entry.setToolTip(plain_tip(gone if path in missing else str(path)))

    def _on_entry_triggered(self) -> None:
        entry = self.sender()
        self.path_chosen.emit(entry.data())  # type: ignore[attr-defined]


def _readable(path: Path) -> str:
    """The name, with its folder where the name alone would say little."""
    return f"{path.stem} – {path.parent.name}".replace("&", "&&")


def _missing(paths: Iterable[Path]) -> set[Path]:
    return {path for path in paths if not os.path.exists(path)}
