"""One candidate in the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio import theme
from studio.widgets.picture_cell import CellLook, paint_cell

if TYPE_CHECKING:
    from studio.panels.inpaint.batch import Cell

CELL = QSize(118, 92)


class CandidateCell(QAbstractButton):
    """Shows a picture cropped to its own shape, with words and a bar while it is made."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._look = CellLook()
        self._name = self.tr("Candidate {number}").format(number=number)
        self.setFixedSize(CELL)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self._name)
        theme.current().changed.connect(self.update)

    def show_cell(self, cell: Cell, image: QImage | None, *, chosen: bool) -> None:
        """`image` is what is known of it."""
        self._look = CellLook(note=cell.note, fraction=cell.fraction, chosen=chosen)
        self._image = None if image is None else _cropped(image)
        self.setEnabled(cell.patch is not None)
        states = [self._name, cell.note] + [self.tr("on the canvas")] * chosen
        self.setAccessibleName(", ".join(filter(None, states)))
        self.setToolTip(self.tr("Look at it in its place") if cell.patch else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        if self.hasFocus() and not look.chosen:
            look = CellLook(look.caption, look.note, look.fraction, focused=True)
        paint_cell(painter, QRectF(self.rect()), self._image, look)
        painter.end()


def _cropped(image: QImage) -> QImage:
    """The middle of it, in the shape of a cell."""
    size = CELL.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    box.moveCenter(image.rect().center())
    return image.copy(box)
