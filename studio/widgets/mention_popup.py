"""The list of what can be mentioned, below the `@` that is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio import theme
from studio.widgets.picture_tile import paint_cropped
from studio.widgets.row_state import paint_row_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from studio.widgets.mentions import Match
    from studio.widgets.thumbnail_loader import ThumbnailLoader

_WIDTH = 320
_ROW = 36
_MOST_ROWS = 7
_PORTRAIT = 26
_PADDING = 8
_GAP = 10
_AROUND = 10  # what the list takes beyond its rows
_MATCH = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MentionPopup(QFrame):
    """Lies over its window and never takes the focus: the person goes on typing.

    Signals:
        taken: the choice with this key was clicked.
    """

    taken = Signal(str)

    def __init__(self, name: str, portraits: ThumbnailLoader, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("surface", "card")
        self._portraits = portraits
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setProperty("kind", "popup")
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setItemDelegate(_RowDelegate(portraits, self))
        self._list.setModel(self._model)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._list)
        self._list.clicked.connect(self._on_list_clicked)
        portraits.loaded.connect(self._on_portraits_loaded)
        self.hide()

    @property
    def current_key(self) -> str:
        """The choice that Enter takes."""
        match: Match = self._list.currentIndex().data(_MATCH)
        return match.choice.key

    @property
    def names(self) -> list[str]:
        """The names that are offered, from the top."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def offer(self, matches: Sequence[Match]) -> None:
        """Shows these, which are not none; the first is the current one."""
        self._model.clear()
        for match in matches:
            item = QStandardItem(match.choice.name)
            item.setData(match, _MATCH)
            said = (match.choice.name, match.other, match.choice.detail)
            item.setAccessibleText(", ".join(filter(None, said)))
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._list.scrollToTop()
        self.resize(_WIDTH, min(len(matches), _MOST_ROWS) * _ROW + _AROUND)
        pixels = _pixels(self.devicePixelRatioF())
        portraits = (match.choice.portrait for match in matches)
        self._portraits.want((portrait, pixels) for portrait in portraits if portrait)

    def place(self, line: QRect) -> None:
        """Goes below `line` of the window, or above it where there is no room."""
        room = self._window.rect().adjusted(4, 4, -4, -4)
        top = line.bottom() + 6
        if top + self.height() > room.bottom():
            top = max(room.top(), line.top() - 6 - self.height())
        left = max(room.left(), min(line.left(), room.right() - self.width()))
        self.move(QPoint(left, top))

    def step(self, by: int) -> None:
        """Makes another choice the current one; from the end on at the beginning."""
        row = (self._list.currentIndex().row() + by) % self._model.rowCount()
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _on_portraits_loaded(self) -> None:
        self._list.viewport().update()

    def _on_list_clicked(self, index: QModelIndex) -> None:
        match: Match = index.data(_MATCH)
        self.taken.emit(match.choice.key)


class _RowDelegate(QStyledItemDelegate):
    """Portrait or icon, name, the other name it was found by, and what it is."""

    def __init__(self, portraits: ThumbnailLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._portraits = portraits

    # ---- Qt ----------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        match: Match = index.data(_MATCH)
        box: QRect = option.rect
        paint_row_state(painter, option)
        painter.save()
        self._paint_portrait(painter, box, match)
        room = box.adjusted(_PADDING + _PORTRAIT + _GAP, 0, -_PADDING, 0)
        detail = QFontMetricsF(theme.font(12)).horizontalAdvance(match.choice.detail) + 1
        _words(painter, room, match.choice.detail, 12, 400, "muted", _RIGHT)
        room.setRight(room.right() - round(detail) - _GAP)
        used = _words(painter, room, match.choice.name, 13, 500, "text")
        room.setLeft(room.left() + used + _GAP)
        if match.other:
            _words(painter, room, match.other, 12, 400, "muted")
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(_WIDTH // 2, _ROW)

    def _paint_portrait(self, painter: QPainter, box: QRect, match: Match) -> None:
        top = box.top() + (box.height() - _PORTRAIT) // 2
        cell = QRect(box.left() + _PADDING, top, _PORTRAIT, _PORTRAIT)
        path, image = match.choice.portrait, None
        if path:
            pixels = _pixels(painter.device().devicePixelRatioF())
            image = self._portraits.image(path, pixels) or self._portraits.nearest(path)
        paint_cropped(painter, QRectF(cell), image, match.choice.symbol, 4)


def _pixels(ratio: float) -> QSize:
    """Portraits are cropped to a square, so they are read larger."""
    side = round(2 * _PORTRAIT * ratio)
    return QSize(side, side)


def _words(
    painter: QPainter,
    room: QRect,
    text: str,
    px: int,
    weight: int,
    token: str,
    side: Qt.AlignmentFlag = _LEFT,
) -> int:
    """Paints one line, shortened where it has to be; returns the pixels it takes."""
    font = theme.font(px, weight)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(room, side | Qt.TextFlag.TextSingleLine, shown)
    return round(metrics.horizontalAdvance(shown))
