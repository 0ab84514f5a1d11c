"""The mask over the picture: its colour at 50 % and its outline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.canvas.composite import Drawn, draw_layer
from studio.canvas.tiling import COLOUR, indices

if TYPE_CHECKING:
    from studio.canvas.layer import Layer
    from studio.canvas.viewport import Viewport

_OVERLAY = 128  # of 255
_PAINTED = 128  # from there on a pixel lies inside the outline
_AROUND = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))

_Mode = QPainter.CompositionMode


@dataclass(frozen=True, slots=True)
class MaskLook:
    """The colour of the mask, and how wide its outline is in device pixels."""

    colour: QColor
    px: int = 1


def paint_mask(
    painter: QPainter,
    mask: Layer,
    viewport: Viewport,
    part: QRect,
    look: MaskLook,
    deadline: float,
) -> bool:
    """Paints the mask in this part of the window (device pixels).

    False where `deadline` (of `time.perf_counter`) came before a smaller view of it was made.
    """
    px = look.px
    plane = mask.plane
    around = part.adjusted(-px, -px, px, px)
    seen = viewport.rect_to_canvas(around).translated(-mask.offset)
    if plane.fill == 0 and not any(index in plane.tiles for index in indices(seen)):
        return True
    # A soft edge is tinted as it is soft; the outline shows where half of it is reached.
    finished = _draw(painter, mask, viewport, part, tinted(look.colour, _OVERLAY), deadline)
    shape = QImage(around.size(), COLOUR)
    shape.fill(0)
    shaper = QPainter(shape)
    shaper.translate(-around.topLeft())
    finished &= _draw(shaper, mask, viewport, around, _shape(look.colour), deadline)
    shaper.end()
    ring = QImage(shape.size(), COLOUR)
    ring.fill(0)
    ringer = QPainter(ring)
    for x, y in _AROUND:
        ringer.drawImage(QPoint(x * px, y * px), shape)
    ringer.setCompositionMode(_Mode.CompositionMode_DestinationOut)
    ringer.drawImage(QPoint(), shape)
    ringer.end()
    painter.drawImage(part.topLeft(), ring, part.translated(-around.topLeft()))
    return finished


def tinted(colour: QColor, most: int) -> Callable[[QImage], QImage]:
    """Shows a mask's tile in `colour`, as opaque as it masks, at most `most` (0 to 255)."""
    return _through([_with_alpha(colour, value * most // 255) for value in range(256)])


def _shape(colour: QColor) -> Callable[[QImage], QImage]:
    """Opaque wherever at least half is masked."""
    return _through([_with_alpha(colour, 255 * (value >= _PAINTED)) for value in range(256)])


def _through(table: list[int]) -> Callable[[QImage], QImage]:
    """A mask's values through a table of colours: the same bytes, read as numbers of colours."""

    def look(tile: QImage) -> QImage:
        image = QImage(tile)
        image.reinterpretAsFormat(QImage.Format.Format_Indexed8)
        image.setColorTable(table)
        return image

    return look


def _draw(
    painter: QPainter,
    mask: Layer,
    viewport: Viewport,
    part: QRect,
    look: Callable[[QImage], QImage],
    deadline: float,
) -> bool:
    scale = viewport.zoom * (1 << viewport.level)
    painter.save()
    frame = viewport.rect_to_window(QRectF(QPointF(), viewport.canvas.toSizeF()))
    painter.setClipRect(frame.intersected(QRectF(part)))
    painter.translate(viewport.origin)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, viewport.zoom < 1)
    seen = viewport.rect_to_canvas(part)
    drawn = draw_layer(painter, mask, viewport.level, seen, deadline, look)
    painter.restore()
    return drawn == Drawn.WELL


def _with_alpha(colour: QColor, alpha: int) -> int:
    return QColor(colour.red(), colour.green(), colour.blue(), alpha).rgba()
