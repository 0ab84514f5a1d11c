"""The command palette: a few letters, Enter, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio import phosphor, theme
from studio.shell.fuzzy import score
from studio.tokens import DISABLED_OPACITY
from studio.widgets.plain import words

if TYPE_CHECKING:
    from studio.actions import Actions

_WIDTH = 560
_ROW_PX = 32
_ROWS = 12
_TOP_PX = 48
_ID, _SYMBOL, _SHORTCUT = (Qt.ItemDataRole.UserRole + n for n in range(3))
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QFrame):
    """Opens over the window; the arrow keys choose, Enter runs, Esc closes.

    Signals:
        chosen: the action's id, after the palette is gone and the focus is back where it was.
    """

    chosen = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._over = parent
        self._actions = actions
        self.setProperty("surface", "card")
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("What do you want to do?"))
        self._field.setAccessibleName(self.tr("Find an action"))
        self._field.textChanged.connect(self._on_field_text_changed)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_RowDelegate(self._list))
        self._list.itemClicked.connect(self._on_list_item_clicked)
        self._none = words(self.tr("No action has these letters."), "fact")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._field)
        column.addWidget(self._list)
        column.addWidget(self._none)

    def open(self) -> None:
        """Shows every action, at the top middle of the window."""
        self._field.clear()
        self._fill("")
        self.setFixedWidth(_WIDTH)
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        self.move(self._over.mapToGlobal(QPoint(left, _TOP_PX)))
        self.show()
        self._field.setFocus()

    def _fill(self, query: str) -> None:
        found = []
        for spec in self._actions.available():
            points = score(query, self._actions.text(spec.id))
            if points is not None and spec.id != "window.find_action":
                found.append((points, spec))
        found.sort(key=lambda pair: -pair[0])
        self._list.clear()
        for _, spec in found:
            item = QListWidgetItem(self._actions.text(spec.id), self._list)
            item.setData(_ID, spec.id)
            item.setData(_SYMBOL, spec.icon)
            item.setData(_SHORTCUT, self._actions.shortcut_text(spec.id))
            item.setToolTip(self._actions.tooltip(spec.id))
            if not self._actions.can_run(spec.id):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._none.setVisible(not found)
        self._list.setVisible(bool(found))
        self._list.setFixedHeight(min(len(found), _ROWS) * _ROW_PX + 12)
        self._choose_first()
        self.adjustSize()

    def _choose_first(self) -> None:
        for row in range(self._list.count()):
            if self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self._list.setCurrentRow(row)
                return

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        action_id = item.data(_ID)
        self.close()
        self.chosen.emit(action_id)

    def _on_field_text_changed(self, text: str) -> None:
        self._fill(text)

    def _on_list_item_clicked(self, item: QListWidgetItem) -> None:
        self._run(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _LIST_KEYS:
                self._list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)


class _RowDelegate(QStyledItemDelegate):
    """Icon, name and, at the right, the shortcut."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(rect, 6, 6)
        if not option.state & QStyle.StateFlag.State_Enabled:
            painter.setOpacity(DISABLED_OPACITY)
        row = rect.adjusted(8, 0, -8, 0)
        if symbol := index.data(_SYMBOL):
            square = QRect(row.left(), row.center().y() - 7, 16, 16)
            phosphor.paint(painter, square, symbol, theme.colour("muted"))
        shortcut = index.data(_SHORTCUT)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(theme.FACT_PX))
        painter.setPen(theme.colour("muted"))
        painter.drawText(row, vertical | Qt.AlignmentFlag.AlignRight, shortcut)
        row.adjust(28, 0, -painter.fontMetrics().horizontalAdvance(shortcut) - 12, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        text = QFontMetrics(theme.font()).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, row.width()
        )
        painter.drawText(row, vertical | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(0, _ROW_PX)
