"""Where windows and dialogs stood, kept from one start to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget


class Geometry:
    """Remembers sizes and places in an INI file of its own: they are no settings."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def restore(self, widget: QWidget, name: str) -> bool:
        """Puts `widget` where it was last; False if it never stood anywhere."""
        kept = self._settings.value(_key(name))
        return isinstance(kept, QByteArray) and widget.restoreGeometry(kept)

    def keep(self, widget: QWidget, name: str) -> None:
        """Keeps where `widget` is now."""
        self._settings.setValue(_key(name), widget.saveGeometry())

    def follow(self, dialog: QDialog, name: str) -> None:
        """Puts `dialog` where it was last, and keeps where it is when it closes."""
        self.restore(dialog, name)
        dialog.finished.connect(partial(self._on_dialog_finished, dialog, name))

    def number(self, name: str, default: int) -> int:
        """A number kept under `name`, as the width of a column in pixels."""
        kept = str(self._settings.value(name))
        return int(kept) if kept.isdigit() else default

    def keep_number(self, name: str, value: int) -> None:
        """Keeps a number under `name`."""
        self._settings.setValue(name, value)

    def _on_dialog_finished(self, dialog: QDialog, name: str, result: int = 0) -> None:
        self.keep(dialog, name)


def _key(name: str) -> str:
    return f"geometry/{name}"
