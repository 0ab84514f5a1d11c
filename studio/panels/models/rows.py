"""The list of models: what it holds, and how a row is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio import phosphor, theme
from studio.panels.models import wording
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from studio.panels.models.entries import Kind, ModelEntry

_HEIGHT = 48
_INSET = 10
_SYMBOL = 18
_GAP = 10
_ROOT = QModelIndex()
_ICONS: dict[Kind, str] = {
    "picture": "image",
    "lora": "sliders-horizontal",
    "vae": "frame-corners",
    "embedding": "tag",
    "text": "text-aa",
    "style": "swatches",
    "enlarge": "arrows-out",
    "meaning": "magnifying-glass",
    "broken": "warning-circle",
}


class ModelRows(QAbstractListModel):
    """Entries in their order; titles and facts are also what a screen reader reads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ModelEntry, ...] = ()

    def show(self, entries: Sequence[ModelEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> ModelEntry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, path: object) -> int:
        """The row of what lies at `path`; -1 if there is none."""
        return next((row for row, each in enumerate(self._entries) if each.path == path), -1)

    # ---- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.title}, {wording.facts(entry)}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(entry.problem or str(entry.path))
            case Qt.ItemDataRole.UserRole:
                return entry
        return None


class RowPainter(QStyledItemDelegate):
    """A sign of the kind, the title, under it the facts, and at the right where it comes from."""

    # ---- Qt ----------------------------------------------------------------------------------

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: ModelEntry = index.data(Qt.ItemDataRole.UserRole)
        style, room = option.widget.style(), option.rect.adjusted(_INSET, 0, -_INSET, 0)
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        style.drawPrimitive(panel, option, painter, option.widget)
        sign = QRect(room.left(), room.center().y() - _SYMBOL // 2, _SYMBOL, _SYMBOL)
        token = "danger" if entry.problem else "muted"
        symbol = "warning-circle" if entry.problem else _ICONS[entry.kind]
        phosphor.paint(painter, sign, symbol, theme.colour(token))
        right, fact = wording.source(entry.source), theme.font(12)
        wide = QFontMetrics(fact).horizontalAdvance(right)
        text = room.adjusted(_SYMBOL + _GAP, 6, -wide - 2 * _GAP, -6)
        line = text.height() // 2
        _write(painter, text.adjusted(0, 0, 0, -line), entry.title, "text", 13, 500)
        below = text.adjusted(0, line, 0, 0)
        if entry.problem:
            _write(painter, below, entry.problem, "danger", 12)
        else:
            _write(painter, below, wording.facts(entry), "muted", 12)
        painter.setFont(fact)
        painter.setPen(theme.colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)


def _write(
    painter: QPainter, room: QRect, text: str, token: str, px: int, weight: int = 400
) -> None:
    font = theme.font(px, weight)
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
