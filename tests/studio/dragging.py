"""Drags something over a widget and drops it there, as the system does."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY = Qt.DropAction.CopyAction
_LEFT, _NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drag_over(widget: QWidget, mime: QMimeData, at: QPoint | None = None) -> bool:
    """Whether the widget takes it, and knows that it is over this point, the middle by default."""
    point = at or widget.rect().center()
    enter = QDragEnterEvent(point, _COPY, mime, _LEFT, _NO_KEYS)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDragMoveEvent(point, _COPY, mime, _LEFT, _NO_KEYS))
    return enter.isAccepted()


def drag_away(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop_on(widget: QWidget, mime: QMimeData, at: QPoint | None = None) -> bool:
    """Whether the widget took it."""
    if not drag_over(widget, mime, at):
        return False
    point = QPointF(at or widget.rect().center())
    QApplication.sendEvent(widget, QDropEvent(point, _COPY, mime, _LEFT, _NO_KEYS))
    return True
