"""Lets pictures be dropped on a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from studio.widgets.picture_mime import dropped_pictures

Wanted = Callable[[QMimeData, QObject | None], bool]
"""Whether what is dragged is taken; with it comes the widget it is from, None for a stranger."""


class PictureDrops(QObject):
    """Without `wanted` it takes every local picture file, but for those from the widget itself.

    Signals:
        hovered: something that is taken is over this point of the widget.
        left: it is no longer.
        dropped: it was dropped on this point (a QMimeData, which lives as long as the slot runs).
    """

    hovered = Signal(QPoint)
    left = Signal()
    dropped = Signal(QMimeData, QPoint)

    def __init__(self, target: QWidget, wanted: Wanted | None = None) -> None:
        super().__init__(target)
        self._target = target
        self._wanted = wanted or self._is_foreign
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def _is_foreign(self, mime: QMimeData, source: QObject | None) -> bool:
        ours = isinstance(source, QWidget) and self._target.isAncestorOf(source)
        return not ours and bool(dropped_pictures(mime))

    # ---- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An enter event is a move event is a drop event for Qt: the most special one first.
        if isinstance(event, QDragEnterEvent):
            if self._wanted(event.mimeData(), event.source()):
                event.acceptProposedAction()
                self.hovered.emit(event.position().toPoint())
            else:
                event.ignore()
            return True
        if isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
            self.hovered.emit(event.position().toPoint())
            return True
        if isinstance(event, QDropEvent):
            event.acceptProposedAction()
            self.left.emit()
            self.dropped.emit(event.mimeData(), event.position().toPoint())
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
