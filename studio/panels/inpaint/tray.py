"""The tray below the canvas: the candidates, and what is done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.panels.inpaint.candidate_cell import CELL, CandidateCell
from studio.widgets.plain import button, set_role, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from studio.panels.inpaint.batch import Batch, Cell

_PADDING = 12
_GAP = 8
_MOST_SHOWN = 3  # cells before the row scrolls


class Tray(QFrame):
    """Signals:
    cell_chosen: the candidate at this place is to be looked at.
    keep_asked, reject_asked, more_asked, retry_asked: one of the buttons was pressed.
    """

    cell_chosen = Signal(int)
    keep_asked = Signal()
    reject_asked = Signal()
    more_asked = Signal()
    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Candidates"))
        self._cells: list[CandidateCell] = []
        self._row = QHBoxLayout()
        self._scroll = QScrollArea()
        self._title = words(self.tr("Candidates"), "strong")
        self._text = words("", "fact", wrap=True)
        self._retry = button(self.tr("Try again"), "arrow-clockwise")
        self._keep = button(self.tr("Keep"), "check")
        self._reject = button(self.tr("Reject"), "x")
        self._more = button(self.tr("More like these"), "plus")
        self._lay_out()
        self._retry.clicked.connect(self.retry_asked)
        self._keep.clicked.connect(self.keep_asked)
        self._reject.clicked.connect(self.reject_asked)
        self._more.clicked.connect(self.more_asked)
        self.hide()

    def show_batch(
        self, batch: Batch | None, looked_at: Cell | None, image_of: Callable[[Cell], QImage | None]
    ) -> None:
        """The candidates of a canvas; without any the tray is not there."""
        self.setVisible(batch is not None)
        if batch is None:
            return
        while len(self._cells) > len(batch.cells):
            cell = self._cells.pop()
            self._row.removeWidget(cell)
            cell.deleteLater()
        while len(self._cells) < len(batch.cells):
            place = len(self._cells)
            cell = CandidateCell(place + 1)
            cell.clicked.connect(partial(self.cell_chosen.emit, place))
            self._cells.append(cell)
            self._row.insertWidget(place, cell)
        for widget, one in zip(self._cells, batch.cells, strict=True):
            widget.show_cell(one, image_of(one), chosen=one is looked_at)
        shown = min(_MOST_SHOWN, len(self._cells))
        self._scroll.setFixedWidth(max(0, shown * (CELL.width() + _GAP) - _GAP))
        self._scroll.setVisible(bool(self._cells))
        self._title.setText(batch.title)
        self._title.setToolTip(batch.title)
        self._text.setText(batch.message or self._help(batch))
        set_role(self._text, "danger" if batch.failed else "fact")
        self._retry.setVisible(batch.failed)
        self._keep.setEnabled(looked_at is not None)
        self._more.setEnabled(bool(batch.ready) and not batch.running)
        if looked_at in batch.cells:
            self._scroll.ensureWidgetVisible(self._cells[batch.cells.index(looked_at)])

    def _help(self, batch: Batch) -> str:
        if not batch.ready:
            return self.tr("They appear here one by one. The picture stays as it was.")
        return self.tr(
            "Left and Right look at one in place; the picture stays as it was until you keep one."
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        inside.setLayout(self._row)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFixedHeight(CELL.height() + _GAP)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._title)
        said.addWidget(self._text)
        said.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        said.addStretch(1)
        done = QGridLayout()
        done.setHorizontalSpacing(_GAP)
        done.setVerticalSpacing(4)
        done.addWidget(self._keep, 0, 0)
        done.addWidget(words(self.tr("Enter"), "fact"), 0, 1)
        done.addWidget(self._reject, 1, 0)
        done.addWidget(words(self.tr("Esc"), "fact"), 1, 1)
        done.addWidget(self._more, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        done.setColumnStretch(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        row.setSpacing(16)
        row.addWidget(self._scroll, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        row.addLayout(done)
