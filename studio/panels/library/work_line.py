"""How far the library is with a long piece of work, and the way to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from studio.panels.library.wording import number
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.library_work import LibraryWork

_SHOWN_AFTER_MS = 600  # most work is done by then


class WorkLine(QWidget):
    """Hidden while there is nothing to do, and while it takes but a moment."""

    def __init__(self, work: LibraryWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = words("", "fact")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the library is"))
        self._cancel = button(self.tr("Stop"), "x")
        self._cancel.setToolTip(self.tr("What was found so far stays; the next look goes on"))
        self._cancel.clicked.connect(work.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MS)
        self._patience.timeout.connect(self.show)
        work.progressed.connect(self._on_work_progressed)
        work.ended.connect(self._on_work_ended)
        self.hide()

    def _on_work_progressed(self, done: int, total: int) -> None:
        text = self.tr("Looking through pictures: {done} of {total}")
        self._text.setText(text.format(done=number(done), total=number(total)))
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        if self.isHidden() and not self._patience.isActive():
            self._patience.start()

    def _on_work_ended(self) -> None:
        self._patience.stop()
        self.hide()
