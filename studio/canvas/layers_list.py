"""The list of layers, the mask on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from studio.canvas import layer_operations, layer_row
from studio.canvas.layer import MASK_ID, Layer, new_layer
from studio.canvas.layer_menu import LayerMenu, blend_name
from studio.canvas.layer_row import HEIGHT, THUMBNAIL_SIZE, LayerRow
from studio.canvas.layer_thumbnails import LayerThumbnails
from studio.canvas.mask_menu import MaskMenu
from studio.widgets.plain import icon_button, words

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QMouseEvent

    from studio.canvas.workbench import Workbench

_MOST_ROWS = 6


class LayersPane(QWidget):
    """A heading with its plus, and the list."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = bench.canvas
        self.list = LayersList(bench)
        add = icon_button("plus", self.tr("Add a layer"))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 4, 0)
        head.addWidget(words(self.tr("Layers"), "head"))
        head.addStretch(1)
        head.addWidget(add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.list)
        add.clicked.connect(self._on_add_clicked)

    def _on_add_clicked(self) -> None:
        number = len(self._canvas.state.layers)
        name = self.tr("Layer {number}").format(number=number)
        layer_operations.add(self._canvas, new_layer(name))


class LayersList(QListWidget):
    """Space shows or hides, F2 renames, Del deletes, Ctrl+Up and Ctrl+Down reorder."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        canvas = bench.canvas
        self._bench, self._canvas = bench, canvas
        self._thumbnails = LayerThumbnails(canvas, THUMBNAIL_SIZE, self)
        self._row = LayerRow(self)
        self.setAccessibleName(self.tr("Layers"))
        self.setItemDelegate(self._row)
        self.setProperty("kind", "plain")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        canvas.state_changed.connect(self._show_layers)
        canvas.current_changed.connect(self._on_canvas_current_changed)
        self._thumbnails.drawn.connect(self._on_thumbnails_drawn)
        self.currentItemChanged.connect(self._on_current_item_changed)
        self.itemChanged.connect(self._on_item_changed)
        self._show_layers()

    def _show_layers(self) -> None:
        state = self._canvas.state
        shown = (state.mask, *reversed(state.layers))
        with QSignalBlocker(self):
            while self.count() > len(shown):
                self.takeItem(self.count() - 1)
            while self.count() < len(shown):
                self.addItem(QListWidgetItem())
            for row, layer in enumerate(shown):
                self._fill(self.item(row), layer)
        rows = min(_MOST_ROWS, self.count())
        self.setFixedHeight(rows * HEIGHT)
        self._on_canvas_current_changed(self._canvas.current.id)

    def _fill(self, item: QListWidgetItem, layer: Layer) -> None:
        is_mask = layer.id == MASK_ID
        name = self.tr("Mask") if is_mask else layer.name
        fact = self._fact(layer)
        item.setText(name)
        item.setData(layer_row.ID, layer.id)
        item.setData(layer_row.FACT, fact)
        item.setData(layer_row.VISIBLE, layer.visible)
        item.setData(layer_row.LOCKED, layer.locked)
        item.setData(layer_row.THUMBNAIL, self._thumbnails.image(layer.id))
        item.setToolTip(name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not is_mask:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags)
        states = [name, fact]
        states += [self.tr("locked")] * layer.locked + [self.tr("hidden")] * (not layer.visible)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(states))

    def _fact(self, layer: Layer) -> str:
        if layer.id == MASK_ID:
            return self.tr("50 % overlay")
        if layer is self._canvas.state.layers[0] and layer.locked:
            return self.tr("Base")
        words = self.tr("{blend} · {percent} %")
        return words.format(blend=blend_name(layer.blend), percent=round(layer.opacity * 100))

    def _id_at(self, row: int) -> str:
        return str(self.item(row).data(layer_row.ID))

    def _toggle(self, layer_id: str) -> None:
        visible = self._canvas.state.layer(layer_id).visible
        layer_operations.set_visible(self._canvas, layer_id, not visible)

    def _open_menu(self, layer_id: str, at: QPoint) -> None:
        menu: QMenu
        if layer_id == MASK_ID:
            menu = MaskMenu(self._bench, self)
        else:
            layer = self._canvas.state.layer(layer_id)
            menu = LayerMenu(self._canvas, layer, self._rename_current, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _rename_current(self) -> None:
        if self.currentItem() is not None:
            self.editItem(self.currentItem())

    def _shift(self, up: int) -> None:
        layer_id = self._canvas.current.id
        place = layer_operations.position(self._canvas, layer_id)
        if place >= 0:
            layer_operations.move(self._canvas, layer_id, place + up)

    # ---- slots -------------------------------------------------------------------------------

    def _on_canvas_current_changed(self, layer_id: str) -> None:
        for row in range(self.count()):
            if self._id_at(row) == layer_id:
                with QSignalBlocker(self):
                    self.setCurrentRow(row)
                self.viewport().update()

    def _on_thumbnails_drawn(self, layer_id: str) -> None:
        for row in range(self.count()):
            if self._id_at(row) == layer_id:
                with QSignalBlocker(self):
                    image = self._thumbnails.image(layer_id)
                    self.item(row).setData(layer_row.THUMBNAIL, image)
                self.viewport().update()

    def _on_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._canvas.choose(str(item.data(layer_row.ID)))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        """A name was typed."""
        layer_id = str(item.data(layer_row.ID))
        layer_operations.rename(self._canvas, layer_id, item.text())
        self._show_layers()  # an empty name is none

    # ---- Qt ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place: QRect = self.visualItemRect(item)
        layer_id, at = str(item.data(layer_row.ID)), event.position().toPoint()
        if self._row.eye(place).contains(at):
            self._toggle(layer_id)
        elif self._row.end(place).contains(at):
            self._canvas.choose(layer_id)
            self._open_menu(layer_id, event.globalPosition().toPoint())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.editItem(item)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(self._canvas.current.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self._canvas.current.id
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space:
            self._toggle(current)
        elif key == Qt.Key.Key_F2 and current != MASK_ID:
            self._rename_current()
        elif key == Qt.Key.Key_Delete and current != MASK_ID:
            layer_operations.remove(self._canvas, current)
        elif control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(1 if key == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        at = event.position().toPoint()
        item = self.itemAt(at)
        row = self.count() if item is None else self.row(item)
        if item is not None and at.y() > self.visualItemRect(item).center().y():
            row += 1
        layers = len(self._canvas.state.layers)
        dragged = self._canvas.current.id
        place = layers + 1 - max(1, row)  # rows count down from the mask, layers up
        own = layer_operations.position(self._canvas, dragged)
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the list follows the canvas
        event.accept()
        if own >= 0:
            layer_operations.move(self._canvas, dragged, place - (place > own))
