"""How one layer looks in the list: eye, thumbnail, name and facts, lock or menu."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio import phosphor, theme

ID = Qt.ItemDataRole.UserRole
FACT = Qt.ItemDataRole.UserRole + 1
VISIBLE = Qt.ItemDataRole.UserRole + 2
LOCKED = Qt.ItemDataRole.UserRole + 3
THUMBNAIL = Qt.ItemDataRole.UserRole + 4

HEIGHT = 44
THUMBNAIL_SIZE = QSize(42, 28)
_EDGE = 8
_ICON = 16
_GAP = 10

Index = QModelIndex | QPersistentModelIndex


class LayerRow(QStyledItemDelegate):
    """Paints a row; `eye` and `end` are where its two buttons are."""

    def eye(self, row: QRect) -> QRect:
        """Shows and hides the layer."""
        return QRect(row.left(), row.top(), _EDGE + _ICON + _GAP // 2, row.height())

    def end(self, row: QRect) -> QRect:
        """The lock, or the three dots of the menu."""
        wide = _EDGE + _ICON + _GAP // 2
        return QRect(row.right() + 1 - wide, row.top(), wide, row.height())

    def _text(self, row: QRect) -> QRect:
        left = row.left() + _EDGE + _ICON + _GAP + THUMBNAIL_SIZE.width() + _GAP
        right = row.right() - _EDGE - _ICON - _GAP
        return QRect(left, row.top() + 4, right - left, row.height() - 8)

    # ---- Qt ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("selection" if chosen else "raised"))
            painter.drawRoundedRect(row, 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRoundedRect(row.adjusted(0, 0, -1, -1), 6, 6)
        visible = bool(index.data(VISIBLE))
        middle = row.center().y() - _ICON // 2 + 1
        eye = "eye" if visible else "eye-slash"
        self._icon(painter, QPoint(row.left() + _EDGE, middle), eye)
        end = "lock-simple" if index.data(LOCKED) else "dots-three"
        self._icon(painter, QPoint(row.right() + 1 - _EDGE - _ICON, middle), end)
        image = index.data(THUMBNAIL)
        if image is not None:
            left = row.left() + _EDGE + _ICON + _GAP
            top = row.center().y() - THUMBNAIL_SIZE.height() // 2 + 1
            painter.setOpacity(1.0 if visible else 0.45)
            painter.drawImage(QPoint(left, top), image)
            painter.setOpacity(1.0)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRect(QPoint(left, top), THUMBNAIL_SIZE)
            painter.drawRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5))
        self._words(painter, self._text(row), index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, HEIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name of the layer"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        box = self._text(option.rect)
        editor.setGeometry(box.adjusted(-9, 2, 0, -2))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def _icon(self, painter: QPainter, at: QPoint, name: str) -> None:
        phosphor.paint(painter, QRect(at, QSize(_ICON, _ICON)), name, theme.colour("muted"))

    def _words(self, painter: QPainter, box: QRect, index: Index) -> None:
        half = box.height() // 2
        for top, text, font, token in (
            (box.top(), index.data(Qt.ItemDataRole.DisplayRole), theme.font(), "text"),
            (box.top() + half, index.data(FACT), theme.font(theme.FACT_PX), "muted"),
        ):
            line = QRect(box.left(), top, box.width(), half)
            painter.setFont(font)
            painter.setPen(theme.colour(token))
            metrics = QFontMetrics(font)
            short = metrics.elidedText(str(text), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, short)
