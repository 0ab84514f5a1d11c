"""One row of the list: portrait, name, a line of summary, and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio import phosphor, theme
from studio.entry_kinds import ICONS
from studio.panels.bible.entry_model import ENTRY_ROLE, MARK_ROLE, Mark
from studio.widgets.picture_tile import paint_cropped
from studio.widgets.row_state import paint_row_state

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.document.bible.entry import Entry
    from studio.widgets.thumbnail_loader import ThumbnailLoader

PORTRAIT_PX = 44
ROW_PX = 60
_PADDING = 8
_SYMBOL = 14
_RADIUS = 6
_ROOMY_PX = 120  # of words: in less, the name is worth more than the icon of the kind
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class EntryDelegate(QStyledItemDelegate):
    """Draws from the model's entry and mark; portraits come from the loader as they are read."""

    def __init__(self, thumbnails: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def _paint_marks(self, painter: QPainter, room: QRect, mark: Mark) -> int:
        """Where the words have to end."""
        right = room.right() + 1
        if mark.uses:
            font = theme.font(12)
            text = str(mark.uses)
            wide = round(QFontMetricsF(font).horizontalAdvance(text)) + 1
            painter.setFont(font)
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(right - wide, room.top(), wide, room.height()), _LEFT, text)
            right -= wide + 4
            right = _symbol(painter, right, room, "link-simple", "muted")
        if mark.stale:
            right = _symbol(painter, right, room, "warning", "accent_text")
        return right

    # ---- Qt ----------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        box: QRect = option.rect
        paint_row_state(painter, option)
        painter.save()
        self._paint_portrait(painter, box, entry)
        self._paint_words(painter, box, entry, index.data(MARK_ROLE))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(PORTRAIT_PX + 120, ROW_PX)

    def _paint_portrait(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        top = box.top() + (box.height() - PORTRAIT_PX) // 2
        cell = QRect(box.left() + _PADDING, top, PORTRAIT_PX, PORTRAIT_PX)
        image = None
        if entry.portrait:
            pixels = thumbnail_size(painter.device().devicePixelRatioF())
            image = self._thumbnails.image(entry.portrait, pixels)
            image = image or self._thumbnails.nearest(entry.portrait)
        paint_cropped(painter, QRectF(cell), image, ICONS[entry.kind], _RADIUS)

    def _paint_words(self, painter: QPainter, box: QRect, entry: Entry, mark: Mark) -> None:
        left = box.left() + _PADDING + PORTRAIT_PX + 10
        middle = box.center().y() + 1
        upper = QRect(left, middle - 20, box.right() - _PADDING - left, 20)
        lower = QRect(left, middle, upper.width(), 19)
        end = self._paint_marks(painter, upper, mark)
        if upper.width() >= _ROOMY_PX:
            end = _symbol(painter, end, upper, ICONS[entry.kind], "muted")
        name = QRect(upper)
        name.setRight(end - 4)
        _elided(painter, name, entry.name, 600, "text" if entry.enabled else "muted")
        _elided(painter, lower, entry.summary, 400, "muted", 12)


def thumbnail_size(ratio: float) -> QSize:
    """Device pixels in which a portrait is read: it is cropped, so it is read larger."""
    side = round(2 * PORTRAIT_PX * ratio)
    return QSize(side, side)


def _symbol(painter: QPainter, right: int, room: QRect, name: str, token: str) -> int:
    """Paints an icon that ends at `right`; returns where what stands before it ends."""
    top = room.top() + (room.height() - _SYMBOL) // 2
    phosphor.paint(
        painter, QRect(right - _SYMBOL, top, _SYMBOL, _SYMBOL), name, theme.colour(token)
    )
    return right - _SYMBOL - 6


def _elided(
    painter: QPainter, room: QRect, text: str, weight: int, token: str, px: int = theme.BODY_PX
) -> None:
    font = theme.font(px, weight)
    line = " ".join(text[:400].split())
    shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(room, _LEFT | Qt.TextFlag.TextSingleLine, shown)
