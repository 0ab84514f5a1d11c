"""Paints one look: its small picture, how far that is, and its name below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath, QPen

from studio import phosphor, theme
from studio.widgets.picture_cell import paint_bar
from studio.widgets.picture_tile import paint_cropped

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

CELL = QSize(104, 92)
_PICTURE = 68  # pixels high
_RADIUS = 6.0
_SIGN = 20


@dataclass(frozen=True, slots=True)
class LookCell:
    """`path` is "" until the small picture is drawn; `fraction` (0 to 1) while it is. `broken`
    where it could not be; `tip` says more."""

    key: str
    name: str
    tip: str
    path: str = ""
    fraction: float | None = None
    broken: bool = False


def paint_look(
    painter: QPainter,
    place: QRectF,
    cell: LookCell,
    image: QImage | None,
    is_current: bool,
    is_focused: bool,
) -> None:
    """Draws the look into `place`, which is as large as CELL."""
    painter.save()
    frame = QRectF(place.left(), place.top(), place.width(), _PICTURE)
    shape = QPainterPath()
    shape.addRoundedRect(frame, _RADIUS, _RADIUS)
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    if image is not None:
        paint_cropped(painter, frame, image, "", _RADIUS)
    else:
        painter.fillPath(shape, theme.colour("field"))
        _outline(painter, frame, "line", 1)
        if cell.broken:
            sign = QRectF(0, 0, _SIGN, _SIGN)
            sign.moveCenter(frame.center())
            phosphor.paint(painter, sign, "warning", theme.colour("danger"))
    if cell.fraction is not None:
        paint_bar(painter, frame, shape, cell.fraction)
    if is_current:
        _outline(painter, frame, "accent", 3 if is_focused else 2)
    painter.setFont(theme.font(12, 600 if is_current else 400))
    painter.setPen(theme.colour("text" if is_current else "muted"))
    words = QRectF(place.left(), frame.bottom() + 4, place.width(), 18)
    elide = Qt.TextElideMode.ElideRight
    shown = QFontMetricsF(painter.font()).elidedText(cell.name, elide, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def _outline(painter: QPainter, frame: QRectF, token: str, width: int) -> None:
    inset = width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(token), width))
    inside = frame.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inside, _RADIUS - inset, _RADIUS - inset)
