"""Paints one picture cell: the picture, words on a scrim, the bar, the star, the outline."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from studio import phosphor, theme
from studio.tokens import PICTURE

RADIUS = 8
BAR = 4
_TALL = 200  # below this height the scrim is lower
_STAR = 24
_MARK = 26
_EDGE = 10


@dataclass(frozen=True, slots=True)
class CellLook:
    """Everything about a cell but the picture. `fraction` 0 to 1, None without a bar.

    `mark` is a letter in the lower right corner.
    """

    caption: str = ""
    note: str = ""
    fraction: float | None = None
    starred: bool = False
    warned: bool = False
    chosen: bool = False
    focused: bool = False
    mark: str = ""


def paint_cell(painter: QPainter, cell: QRectF, image: QImage | None, look: CellLook) -> None:
    """Draws the cell into `cell`; the picture fills it, so `cell` has its aspect."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    shape = QPainterPath()
    shape.addRoundedRect(cell, RADIUS, RADIUS)
    painter.fillPath(shape, _picture_brush(cell, image) if image else theme.colour("field"))
    if image is None:
        _paint_outline(painter, cell, 1, "line")
    words = look.note or (look.caption if look.chosen else "")
    if words:
        _paint_words(painter, cell, shape, words, centred=bool(look.note))
    if look.fraction is not None:
        paint_bar(painter, cell, shape, look.fraction)
    if look.starred:
        _paint_star(painter, cell)
    if look.warned:
        _paint_warning(painter, cell)
    if look.mark:
        _paint_mark(painter, cell, shape, look.mark)
    if look.chosen:
        _paint_outline(painter, cell, 2)
    elif look.focused:
        _paint_outline(painter, cell, 1)
    painter.restore()


def _picture_brush(cell: QRectF, image: QImage) -> QBrush:
    # A brush, not a clip: the raster engine smooths a filled edge but cuts a clip in steps.
    brush = QBrush(image)
    transform = brush.transform()
    transform.translate(cell.left(), cell.top())
    transform.scale(cell.width() / image.width(), cell.height() / image.height())
    brush.setTransform(transform)
    return brush


def _paint_words(
    painter: QPainter, cell: QRectF, shape: QPainterPath, words: str, *, centred: bool
) -> None:
    height = min(cell.height(), 34 if cell.height() > _TALL else 26)
    band = QRectF(cell.left(), cell.bottom() - height, cell.width(), height)
    painter.fillPath(shape.intersected(_path(band)), QColor(PICTURE["scrim"]))
    font = theme.font(12, 500)
    room = band.adjusted(_EDGE, 0, -_EDGE, -2 if centred else 0)
    elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(PICTURE["on_scrim"]))
    sideways = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, sideways | Qt.AlignmentFlag.AlignVCenter, elided)


def paint_bar(painter: QPainter, cell: QRectF, shape: QPainterPath, fraction: float) -> None:
    """The bar of progress, 0 to 1, at the foot of `cell`, which is cut to `shape`."""
    bar = QRectF(cell.left(), cell.bottom() - BAR, cell.width(), BAR)
    painter.fillPath(shape.intersected(_path(bar)), QColor(PICTURE["scrim"]))
    bar.setWidth(cell.width() * min(1.0, max(0.0, fraction)))
    painter.fillPath(shape.intersected(_path(bar)), QColor(PICTURE["accent"]))


def _paint_star(painter: QPainter, cell: QRectF) -> None:
    disc = QRectF(cell.left() + 8, cell.top() + 8, _STAR, _STAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PICTURE["scrim"]))
    painter.drawEllipse(disc)
    painter.setBrush(QColor(PICTURE["accent"]))
    painter.drawPolygon(_star(disc.center(), 7.5, 3.4))


def _paint_warning(painter: QPainter, cell: QRectF) -> None:
    disc = QRectF(cell.right() - 8 - _STAR, cell.top() + 8, _STAR, _STAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PICTURE["scrim"]))
    painter.drawEllipse(disc)
    phosphor.paint(painter, disc.adjusted(4, 3, -4, -5), "warning-fill", QColor(PICTURE["accent"]))


def _paint_mark(painter: QPainter, cell: QRectF, shape: QPainterPath, mark: str) -> None:
    corner = QRectF(cell.right() - _MARK, cell.bottom() - _MARK, _MARK, _MARK)
    painter.fillPath(shape.intersected(_path(corner)), QColor(PICTURE["scrim"]))
    painter.setFont(theme.font(13, 600))
    painter.setPen(QColor(PICTURE["on_scrim"]))
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, mark)


def _star(centre: QPointF, outer: float, inner: float) -> QPolygonF:
    """Five points, the first straight up; `outer` and `inner` are the radii of tips and hollows."""
    corners = []
    for index in range(10):
        radius, angle = (outer, inner)[index % 2], math.pi * (index / 5 - 0.5)
        corners.append(centre + QPointF(radius * math.cos(angle), radius * math.sin(angle)))
    return QPolygonF(corners)


def _paint_outline(painter: QPainter, cell: QRectF, width: int, token: str = "accent") -> None:
    inset = width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(token), width))
    painter.drawRoundedRect(
        cell.adjusted(inset, inset, -inset, -inset), RADIUS - inset, RADIUS - inset
    )


def _path(rectangle: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rectangle)
    return path
