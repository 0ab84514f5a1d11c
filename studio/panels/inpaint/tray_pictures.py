"""What the candidates look like in the tray: the place on the canvas with each of them in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from studio.canvas.seen_part import seen_part
from studio.panels.inpaint.candidate_cell import CELL

if TYPE_CHECKING:
    from studio.canvas.workbench import Workbench
    from studio.panels.inpaint.batch import Batch, Cell
    from studio.widgets.picture_loader import PictureLoader

_AROUND = 0.35  # of what is painted, at each side
_LEAST_AROUND = 32  # pixels
_RATIO = 2  # device pixels to one


class TrayPictures:
    """The canvas below them is drawn once for each batch, when it is first shown."""

    def __init__(self, bench: Workbench, loader: PictureLoader) -> None:
        self._bench, self._loader = bench, loader
        self._batch: Batch | None = None
        self._rect = QRect()
        self._ground = QImage()
        self._done: dict[str, QImage] = {}

    def begin(self, batch: Batch, painted: QRect) -> None:
        """`painted` is what is masked, in pixels of the canvas; empty for none."""
        if batch is self._batch:
            return
        self._batch = batch
        self._done.clear()
        canvas, margins = self._bench.canvas.state.rect, batch.margins
        if margins:
            around = canvas.adjusted(-margins.left, -margins.top, margins.right, margins.bottom)
        elif painted.isEmpty():
            around = canvas
        else:
            grown_x = max(_LEAST_AROUND, round(painted.width() * _AROUND))
            grown_y = max(_LEAST_AROUND, round(painted.height() * _AROUND))
            around = painted.adjusted(-grown_x, -grown_y, grown_x, grown_y)
        self._rect = _shaped(around, around if margins else canvas)
        self._ground = seen_part(self._bench.composite, self._rect, CELL * _RATIO)

    def image(self, cell: Cell) -> QImage | None:
        """As far as it is known."""
        patch = cell.patch
        if patch is None:
            return cell.preview or self._ground
        done = self._done.get(patch.path)
        if done is not None:
            return done
        image = self._loader.image(patch.path)
        if image is None:
            return self._ground
        made = QImage(self._ground)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = made.width() / self._rect.width()
        painter.scale(scale, scale)
        corner = QPointF(patch.x, patch.y) - QPointF(self._rect.topLeft())
        painter.drawImage(QRectF(corner, image.size().toSizeF()), image)
        painter.end()
        self._done[patch.path] = made
        return made


def _shaped(rect: QRect, canvas: QRect) -> QRect:
    """Grown to the shape of a cell, and moved into the canvas as far as it has room."""
    wide = max(rect.width(), round(rect.height() * CELL.width() / CELL.height()))
    high = max(rect.height(), round(rect.width() * CELL.height() / CELL.width()))
    scale = min(1.0, canvas.width() / wide, canvas.height() / high)
    shaped = QRect(0, 0, max(1, round(wide * scale)), max(1, round(high * scale)))
    shaped.moveCenter(rect.center())
    shaped.moveLeft(max(canvas.left(), min(shaped.left(), canvas.right() + 1 - shaped.width())))
    shaped.moveTop(max(canvas.top(), min(shaped.top(), canvas.bottom() + 1 - shaped.height())))
    return shaped
