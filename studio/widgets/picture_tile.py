"""A picture cropped to a square or another fixed shape, or the icon of what is missing there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio import phosphor, theme

if TYPE_CHECKING:
    from studio.widgets.picture_loader import PictureLoader

_RADIUS = 8


class PictureTile(QAbstractButton):
    """`size` is in pixels, `symbol` the icon where there is no picture.

    A chosen tile has the accent's outline.
    """

    def __init__(
        self,
        name: str,
        symbol: str,
        size: QSize,
        loader: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._symbol, self._loader, self._path = symbol, loader, ""
        self.setFixedSize(size)
        self.setCheckable(False)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_chosen = False
        loader.loaded.connect(self._on_loader_told)
        loader.failed.connect(self._on_loader_told)
        theme.current().changed.connect(self.update)

    @property
    def path(self) -> str:
        """What the loader is asked for; "" for no picture."""
        return self._path

    def show_picture(self, path: str, symbol: str = "") -> None:
        """Shows what the loader knows by `path`; `symbol` replaces the icon for its absence."""
        self._path = path
        self._symbol = symbol or self._symbol
        self.update()

    def set_chosen(self, on: bool) -> None:
        self._is_chosen = on
        self.update()

    def _on_loader_told(self, path: str) -> None:
        if path == self._path:
            self.update()

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        image = None
        if self._path:
            # Large enough for the shorter side of a picture twice as long.
            side = 2 * max(self.width(), self.height()) * self.devicePixelRatioF()
            pixels = QSize(round(side), round(side))
            image = self._loader.image(self._path, pixels) or self._loader.nearest(self._path)
        symbol = "warning-circle" if self._loader.is_broken(self._path) else self._symbol
        paint_cropped(painter, QRectF(self.rect()), image, symbol, _RADIUS)
        if self._is_chosen or self.hasFocus() or self.underMouse():
            width = 2 if self._is_chosen else 1
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), width))
            edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(edge, _RADIUS - width / 2, _RADIUS - width / 2)
        painter.end()


def paint_cropped(
    painter: QPainter, cell: QRectF, image: QImage | None, symbol: str, radius: float
) -> None:
    """Fills `cell` with the upper middle of `image`, where faces are; with the icon for None."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addRoundedRect(cell, radius, radius)
    if image is None or image.isNull():
        painter.fillPath(shape, theme.colour("raised"))
        side = max(16, round(min(cell.width(), cell.height()) * 0.3))
        place = QRect(QPoint(), QSize(side, side))
        place.moveCenter(cell.center().toPoint())
        phosphor.paint(painter, place, symbol, QColor(theme.colour("muted")))
    else:
        painter.fillPath(shape, _brush(cell, image))
    painter.restore()


def _brush(cell: QRectF, image: QImage) -> QBrush:
    scale = max(cell.width() / image.width(), cell.height() / image.height())
    over = QSize(round(image.width() * scale), round(image.height() * scale))
    brush = QBrush(image)
    transform = brush.transform()
    left = cell.left() - (over.width() - cell.width()) / 2
    top = cell.top() - (over.height() - cell.height()) / 4
    transform.translate(left, top)
    transform.scale(scale, scale)
    brush.setTransform(transform)
    return brush
