"""Asks for one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDE = 360


def ask(
    parent: QWidget, title: str, label: str, start: str, done: Callable[[str], object]
) -> QInputDialog:
    """Opens a dialog over the window and calls `done` with what was written, if it was."""
    dialog = QInputDialog(parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(start)
    dialog.setMinimumWidth(_WIDE)
    dialog.textValueSelected.connect(done)
    dialog.open()
    return dialog
