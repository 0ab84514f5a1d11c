"""The prompts used before: leafed through by keys or picked from a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.panels.imagine.history import HistoryWalk
from studio.prompt_title import title_of
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_MENU = 20


class EarlierPrompts(QObject):
    """Signals:
    chosen: the person wants this prompt back.
    """

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._walk = HistoryWalk()

    def step(self, by: int, text: str, history: Sequence[str]) -> None:
        """The prompt one older (1) or newer (-1) than `text`; `history` has the newest first."""
        self.chosen.emit(self._walk.step(by, text, history))

    def show_menu(self, under: QWidget, history: Sequence[str]) -> None:
        """Offers the newest of `history` in a menu under a button."""
        menu = QMenu(self._window)
        for prompt in history[:_IN_MENU]:
            # An ampersand would become a mnemonic.
            entry = menu.addAction(title_of(prompt).replace("&", "&&"))
            entry.setToolTip(plain_tip(prompt))
            entry.triggered.connect(partial(self._on_entry_triggered, prompt))
        if menu.isEmpty():
            menu.addAction(self.tr("Prompts you have drawn will be here")).setEnabled(False)
        menu.setToolTipsVisible(True)
        menu.exec(under.mapToGlobal(QPoint(0, under.height())))
        menu.deleteLater()

    def _on_entry_triggered(self, prompt: str) -> None:
        self.chosen.emit(prompt)
