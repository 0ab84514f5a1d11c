"""What earlier runs left unsaved: a list to open it from, or to give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from studio.document.recovery import Recoverable
from studio.plain_facts import moment, project_title
from studio.widgets.hinted_list import HintedList
from studio.widgets.plain import button, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOUND = Qt.ItemDataRole.UserRole


class UnsavedWork(QDialog):
    """Two lines an entry: its name, and when and in what it differs from its file.

    Signals:
        open_asked: this `Recoverable` is to be opened; the dialog is closed.
        give_up_asked: this one is to be offered no more.
    """

    open_asked = Signal(object)
    give_up_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Bring back unsaved work"))
        self.resize(560, 440)
        self._list = HintedList(
            self.tr("There is none. What is closed without saving is kept here for thirty days.")
        )
        self._list.setAccessibleName(self.tr("Unsaved work"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._show_buttons)
        self._list.itemActivated.connect(self._on_open_asked)
        self._open = button(self.tr("Open it"), kind="primary")
        self._open.setDefault(True)
        self._open.clicked.connect(self._on_open_asked)
        self._give_up = button(self.tr("Give up"))
        self._give_up.clicked.connect(self._on_give_up_clicked)
        self._lay_out()
        self._show_buttons()

    def show_work(self, found: Sequence[Recoverable]) -> None:
        """Fills the list, in this order."""
        self._list.clear()
        for each in found:
            title = project_title(each.path) if each.path else each.name
            item = QListWidgetItem(f"{title}\n{described(each)}", self._list)
            item.setToolTip(plain_tip(str(each.path) if each.path else ""))
            item.setData(_FOUND, each)
        self._list.setCurrentRow(0)
        self._show_buttons()

    def _current(self) -> Recoverable | None:
        item = self._list.currentItem()
        found = item.data(_FOUND) if item is not None else None
        return found if isinstance(found, Recoverable) else None

    def _show_buttons(self) -> None:
        found = self._current()
        self._open.setEnabled(found is not None and not found.problem)
        self._give_up.setEnabled(found is not None and found.discarded is None)

    def _lay_out(self) -> None:
        close = button(self.tr("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._give_up)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(words(self.tr("Unsaved work"), "title"))
        text = self.tr("What you give up is kept here for thirty days, then deleted.")
        column.addWidget(words(text, "fact", wrap=True))
        column.addSpacing(4)
        column.addWidget(self._list, 1)
        column.addSpacing(4)
        column.addLayout(foot)

    def _on_open_asked(self) -> None:
        found = self._current()
        if found is not None and not found.problem:
            self.accept()
            self.open_asked.emit(found)

    def _on_give_up_clicked(self) -> None:
        found = self._current()
        if found is not None and found.discarded is None:
            self.give_up_asked.emit(found)


def described(found: Recoverable) -> str:
    """ "today 20:15 · 3 changed, 1 new", or why it cannot be opened."""
    if found.problem:
        return f"{moment(found.changed)} · {found.problem}"
    parts = [moment(found.changed), difference(found)]
    if found.discarded is not None:
        parts.append(_tr("given up %1").replace("%1", moment(found.discarded)))
    return " · ".join(part for part in parts if part)


def difference(found: Recoverable) -> str:
    """ "3 changed, 1 new, 2 deleted": the parts in which it differs from its file."""
    counts = (
        (found.differences.changed, _tr("{n} changed")),
        (found.differences.added, _tr("{n} new")),
        (found.differences.removed, _tr("{n} deleted")),
    )
    return ", ".join(text.format(n=len(keys)) for keys, text in counts if keys)


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnsavedWork", text)
