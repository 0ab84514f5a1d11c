"""The panel's actions: who does them, and when they can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize

from studio.canvas import layer_operations, mask_work, operations
from studio.canvas.layer import MASK_ID, new_layer
from studio.document.documents import Change
from studio.panels.inpaint.size_dialog import SizeDialog
from studio.widgets.ask import Ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.canvas.canvas import Canvas, Work
    from studio.context import Context
    from studio.panels.inpaint.panel import InpaintPanel


class PanelActions(QObject):
    """Binds the actions of the Inpaint panel once."""

    def __init__(self, context: Context, panel: InpaintPanel) -> None:
        super().__init__(panel)
        self._context, self._panel, self._canvas = context, panel, panel.canvas
        self._bind_candidates()
        self._bind_files()
        self._bind_canvas()

    def _bind_candidates(self) -> None:
        connect, panel, desk = self._context.actions.connect, self._panel, self._panel.desk
        connect("inpaint.go", panel.go)
        connect("inpaint.keep", desk.keep, desk.is_looking)
        connect("inpaint.reject", desk.reject, desk.has_batch)
        connect("inpaint.more", desk.more, desk.has_candidate)
        connect("inpaint.next", partial(desk.step, 1), desk.has_candidate)
        connect("inpaint.previous", partial(desk.step, -1), desk.has_candidate)
        connect("inpaint.focus_prompt", panel.inspector.prompt.setFocus)
        connect("inpaint.focus_canvas", panel.focus_first)

    def _bind_files(self) -> None:
        connect, files, is_open = self._context.actions.connect, self._panel.files, self._is_open
        connect("inpaint.open", files.open)
        connect("inpaint.place", files.place, is_open)
        connect("inpaint.paste", files.paste)
        connect("inpaint.save_as", files.save, is_open)
        connect("inpaint.save_to_library", files.save_to_library, is_open)
        connect("inpaint.canvases", self._panel.choose_canvas)
        connect("inpaint.rename", self._rename, is_open)
        connect("inpaint.delete_canvas", self._delete, is_open)
        connect("inpaint.paste_mask", files.paste_mask, is_open)
        connect("inpaint.load_mask", files.load_mask, is_open)
        connect("inpaint.save_mask", files.save_mask, is_open)

    def _bind_canvas(self) -> None:
        connect, canvas, free = self._context.actions.connect, self._canvas, self._is_free
        connect("inpaint.invert_mask", partial(mask_work.invert, canvas), free)
        connect("inpaint.clear_mask", lambda: canvas.work(mask_work.clear(canvas)), free)
        composite = self._panel.bench.composite
        connect(
            "inpaint.mask_transparent",
            lambda: canvas.work(mask_work.fill_from_transparency(canvas, composite)),
            free,
        )
        connect("inpaint.add_layer", self._add_layer, free)
        on_layer = self._has_layer
        duplicate, remove = layer_operations.duplicate, layer_operations.remove
        connect("inpaint.duplicate_layer", lambda: duplicate(canvas, canvas.current.id), on_layer)
        connect("inpaint.delete_layer", lambda: remove(canvas, canvas.current.id), on_layer)
        connect(
            "inpaint.merge_down",
            lambda: canvas.work(layer_operations.merge_down(canvas, canvas.current.id)),
            on_layer,
        )
        connect("inpaint.flip_horizontal", partial(self._work, operations.flip, True), free)
        connect("inpaint.flip_vertical", partial(self._work, operations.flip, False), free)
        connect("inpaint.rotate_left", partial(self._work, operations.rotate, False), free)
        connect("inpaint.rotate_right", partial(self._work, operations.rotate, True), free)
        connect("inpaint.resize", self._resize, free)
        connect("inpaint.canvas_size", self._set_canvas_size, free)

    # ---- when --------------------------------------------------------------------------------

    def _is_open(self) -> bool:
        return self._panel.session.record is not None

    def _is_free(self) -> bool:
        """Whether the canvas can be changed now."""
        return self._is_open() and not self._canvas.busy and not self._panel.looking.is_holding

    def _has_layer(self) -> bool:
        return self._is_free() and self._canvas.current.id != MASK_ID

    # ---- what --------------------------------------------------------------------------------

    def _work(self, operation: Callable[[Canvas, bool], Work], way: bool) -> None:
        self._canvas.work(operation(self._canvas, way))

    def _add_layer(self) -> None:
        number = len(self._canvas.state.layers)
        name = self.tr("Layer {number}").format(number=number)
        layer_operations.add(self._canvas, new_layer(name))

    def _resize(self) -> None:
        dialog = SizeDialog(
            self._panel,
            self.tr("Resize the picture"),
            self.tr("Resize"),
            self._canvas.state.size,
            self.tr("All layers and the mask are scaled. Undo brings every pixel back."),
        )
        dialog.answered.connect(self._on_resize_answered)
        dialog.open()

    def _set_canvas_size(self) -> None:
        dialog = SizeDialog(
            self._panel,
            self.tr("Canvas size"),
            self.tr("Change"),
            self._canvas.state.size,
            self.tr("The picture stays in the middle. New parts are transparent."),
        )
        dialog.proportional.setChecked(False)
        dialog.answered.connect(self._on_canvas_size_answered)
        dialog.open()

    def _rename(self) -> None:
        record = self._panel.session.record
        assert record is not None
        title = self.tr("Rename the canvas")
        dialog = Ask(self._panel, title, self.tr("Name"), record.name, self.tr("Rename"))
        dialog.answered.connect(self._panel.session.rename)
        dialog.open()

    def _delete(self) -> None:
        record = self._panel.session.record
        assert record is not None
        self._panel.session.settle()
        text = self.tr("Delete {name}").format(name=record.name)
        self._context.project.edit(text, Change(deletes=(record.key,)))

    def _on_resize_answered(self, size: QSize) -> None:
        self._canvas.work(operations.resize(self._canvas, size))

    def _on_canvas_size_answered(self, size: QSize) -> None:
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self._canvas.state.rect.center())
        operations.set_canvas_size(self._canvas, box)
