"""The menu of the projects that were open last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.plain_facts import project_title
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
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._on_about_to_show)
        self.triggered.connect(self._on_triggered)
        recent.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for path in self._recent.paths:
            entry = self.addAction(project_title(path).replace("&", "&&"))
            entry.setToolTip(plain_tip(str(path)))
            entry.setData(path)
        if self.isEmpty():
            self.addAction(self.tr("No project was open yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(self.tr("Clear this list"))

    def _on_about_to_show(self) -> None:
        paths = self._recent.paths
        self._background.run(lambda: _missing(paths), self._show_missing)

    def _show_missing(self, missing: set[Path]) -> None:
        # The actions are asked for anew: those of before are void in Python once the menu that
        # this one stands in was filled again.
        for entry in self.actions():
            path = entry.data()
            if path is not None:
                entry.setEnabled(path not in missing)
                gone = self.tr("%1 is not there any more.").replace("%1", str(path))
                entry.setToolTip(plain_tip(gone if path in missing else str(path)))

    def _on_triggered(self, entry: QAction) -> None:
        path = entry.data()
        if path is None:
            self._recent.clear()
        else:
            self.path_chosen.emit(path)


def _missing(paths: Iterable[Path]) -> set[Path]:
    return {path for path in paths if not os.path.exists(path)}
