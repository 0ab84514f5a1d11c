"""The steps of the history, to go to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from studio.icons import icon
from studio.widgets.hinted_list import HintedList
from studio.widgets.plain import button, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from studio.open_project import OpenProject


class HistoryList(QDialog):
    """A row a step, the oldest first; choosing one goes there. A sign says what is undone.

    It stands beside the window, which can be used meanwhile.
    """

    def __init__(self, desk: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(self.tr("History"))
        self.resize(320, 440)
        self._forgotten = words("", "fact", wrap=True)
        self._list = HintedList(self.tr("Every change of the project is listed here."))
        self._list.setAccessibleName(self.tr("Steps"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._on_list_current_row_changed)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._forgotten)
        column.addWidget(self._list, 1)
        column.addLayout(foot)
        desk.history_changed.connect(self._fill)
        desk.replaced.connect(self._fill)
        self.ensurePolished()  # rows are measured now, and the style gives them room
        self._fill()

    def _fill(self) -> None:
        desk = self._desk
        self._list.blockSignals(True)
        self._list.clear()
        first = self.tr("As it was before") if desk.forgotten_steps else self.tr("As it was opened")
        for row, text in enumerate([first, *desk.steps] if desk.steps else []):
            item = QListWidgetItem(text, self._list)
            item.setToolTip(plain_tip(text))
            is_done = row <= desk.done_steps
            item.setIcon(icon("check" if is_done else "arrow-clockwise", "muted"))
            undone = self.tr("%1, undone").replace("%1", text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text if is_done else undone)
        self._list.setCurrentRow(desk.done_steps if desk.steps else -1)
        self._list.blockSignals(False)
        self._list.scrollToItem(self._list.currentItem())
        count = desk.forgotten_steps
        text = self.tr("{n} older steps were forgotten to save memory.").format(n=count)
        one = self.tr("1 older step was forgotten to save memory.")
        self._forgotten.setText(one if count == 1 else text)
        self._forgotten.setVisible(count > 0)

    def _on_list_current_row_changed(self, row: int) -> None:
        if row >= 0:
            self._desk.go_to(row)
