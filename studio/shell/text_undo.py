"""Ctrl+Z in a field of text belongs to the field while it has something to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from studio.widgets.undo_keys import KEPT_BY_WINDOW

_TextField = QLineEdit | QPlainTextEdit | QTextEdit


class TextUndo(QObject):
    """Qt's fields take the keys of undo and redo even where they have nothing to undo; this lets
    the actions of the window have them then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_application_focus_changed)

    def _on_application_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # Only the field with the focus: a filter sees every event of what it watches.
        if isinstance(old, _TextField):
            old.removeEventFilter(self)
        if isinstance(new, _TextField) and not new.property(KEPT_BY_WINDOW):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, _TextField)
            and not _wants(watched, event)
        ):
            event.ignore()
            return True
        return False


def _wants(field: _TextField, event: QKeyEvent) -> bool:
    """False for a key of undo or redo that would do nothing in the field."""
    keys = QKeySequence.StandardKey
    history = field if isinstance(field, QLineEdit) else field.document()
    if event.matches(keys.Undo):
        return history.isUndoAvailable()
    if event.matches(keys.Redo):
        return history.isRedoAvailable()
    return True
