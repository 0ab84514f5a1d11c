"""Undo and Redo in a field belong to whoever keeps the history, not to the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)

KEPT_BY_WINDOW = "undoKeptByWindow"
"""A property of fields whose history is the window's."""


class UndoKeys(QObject):
    """A field that it is given to lets the keys of Undo and Redo pass to the window's actions.

    Signals:
        pressed: one of them was, and its action runs next: what is not kept yet is kept now.
    """

    pressed = Signal()

    def leave_to_window(self, field: QLineEdit | QPlainTextEdit) -> None:
        """From now on `field` has no history of its own."""
        if isinstance(field, QPlainTextEdit):
            field.setUndoRedoEnabled(False)
        field.setProperty(KEPT_BY_WINDOW, True)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and any(event.matches(key) for key in _KEYS)
        ):
            self.pressed.emit()
            event.ignore()  # an accepted one is the field's, and no shortcut any more
            return True
        return super().eventFilter(watched, event)
