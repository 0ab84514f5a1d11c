"""The backups of a project, to choose one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from studio.document.backups import Backup, find_backups
from studio.plain_facts import megabytes, moment
from studio.widgets.hinted_list import HintedList
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BACKUP = Qt.ItemDataRole.UserRole


class BackupList(QDialog):
    """One row a backup, the newest first, with its date and size.

    Signals:
        backup_chosen: this `Backup` is wanted; the dialog is closed.
    """

    backup_chosen = Signal(object)

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore from a backup"))
        self.resize(480, 400)
        self._list = HintedList(
            self.tr("There is no backup yet. Each save keeps the state before it.")
        )
        self._list.setAccessibleName(self.tr("Backups"))
        self._list.itemActivated.connect(self._on_restore_asked)
        self._restore = button(self.tr("Restore"), kind="primary")
        self._restore.setDefault(True)
        self._restore.clicked.connect(self._on_restore_asked)
        self._lay_out(project)
        self._fill(find_backups(project))

    def _fill(self, backups: Sequence[Backup]) -> None:
        self.ensurePolished()  # rows are measured now, and the style gives them room
        for backup in backups:
            text = f"{moment(backup.saved)} · {megabytes(backup.size)}"
            item = QListWidgetItem(text, self._list)
            item.setToolTip(backup.path.name)
            item.setData(_BACKUP, backup)
        self._list.setCurrentRow(0)
        self._restore.setEnabled(bool(backups))

    def _lay_out(self, project: Path) -> None:
        close = button(self.tr("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        head = self.tr("Earlier states of %1").replace("%1", project.stem)
        column.addWidget(words(head, "title", wrap=True))
        text = self.tr("Nothing is written until you save, and Undo takes it back.")
        column.addWidget(words(text, "fact", wrap=True))
        column.addSpacing(4)
        column.addWidget(self._list, 1)
        column.addSpacing(4)
        column.addLayout(foot)

    def _on_restore_asked(self) -> None:
        item = self._list.currentItem()
        backup = item.data(_BACKUP) if item is not None else None
        if isinstance(backup, Backup):
            self.accept()
            self.backup_chosen.emit(backup)
