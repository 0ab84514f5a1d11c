"""The looks of one picture in a row: small pictures with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QWidget,
)

from studio import theme
from studio.panels.style.look_cell import CELL, LookCell, paint_look
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.widgets.picture_loader import PictureLoader

_CELL_ROLE = Qt.ItemDataRole.UserRole
_GAP = 12
_BAR = 12  # of the scroll bar


class LookList(QListWidget):
    """Arrow keys move along the row; the current look is the chosen one.

    Signals:
        chosen: the person took the look of this key.
        menu_asked: the menu of the chosen look is wanted, at this point of the screen.
    """

    chosen = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("kind", "plain")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFixedHeight(CELL.height() + _BAR)
        self.setItemDelegate(_Delegate(loader, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.currentItemChanged.connect(self._on_current_changed)
        loader.loaded.connect(self._on_loader_loaded)
        theme.current().changed.connect(self.viewport().update)

    def set_cells(self, cells: Sequence[LookCell], current: str) -> None:
        """Shows these looks without a signal."""
        self.blockSignals(True)
        self.clear()
        for cell in cells:
            item = QListWidgetItem()
            item.setSizeHint(CELL + QSize(_GAP, 0))
            self.addItem(item)
            self._fill(item, cell)
        self.blockSignals(False)
        self.choose(current)

    def set_cell(self, cell: LookCell) -> None:
        """Shows what has become of one look."""
        item = self._item(cell.key)
        if item is not None:
            self._fill(item, cell)

    def choose(self, key: str) -> None:
        """Makes a look the current one without a signal; one that is not there leaves none."""
        self.blockSignals(True)
        item = self._item(key)
        self.setCurrentRow(self.row(item) if item is not None else -1)
        self.blockSignals(False)
        if item is not None:
            self.scrollToItem(item)
        self.viewport().update()

    def cells(self) -> list[LookCell]:
        return [self.item(row).data(_CELL_ROLE) for row in range(self.count())]

    def _fill(self, item: QListWidgetItem, cell: LookCell) -> None:
        item.setData(_CELL_ROLE, cell)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.name)
        item.setToolTip(plain_tip(cell.tip))

    def _item(self, key: str) -> QListWidgetItem | None:
        rows = (self.item(row) for row in range(self.count()))
        return next((item for item in rows if item.data(_CELL_ROLE).key == key), None)

    # ---- slots -------------------------------------------------------------------------------

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_CELL_ROLE).key)

    def _on_menu_requested(self, at: QPoint) -> None:
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def _on_loader_loaded(self, _path: str) -> None:
        self.viewport().update()

    # ---- Qt ----------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        # An ordinary wheel turns up and down; the row goes sideways.
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()


class _Delegate(QStyledItemDelegate):
    def __init__(self, loader: PictureLoader, view: LookList) -> None:
        super().__init__(view)
        self._loader, self._view = loader, view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell: LookCell = index.data(_CELL_ROLE)
        place = QRectF(option.rect)
        place.setSize(CELL.toSizeF())
        image = self._loader.image(cell.path) if cell.path else None
        is_current = index.row() == self._view.currentRow()
        paint_look(painter, place, cell, image, is_current, is_current and self._view.hasFocus())

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return CELL + QSize(_GAP, 0)
