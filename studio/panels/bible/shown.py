"""Showing values in fields without moving the cursor of whoever is typing there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def show_line(field: QLineEdit, text: str) -> None:
    """Without a signal; where it is the same text, nothing happens."""
    if field.text() == text:
        return
    at = field.cursorPosition()
    with QSignalBlocker(field):
        field.setText(text)
    field.setCursorPosition(min(at, len(text)) if field.hasFocus() else 0)


def show_text(field: QPlainTextEdit, text: str) -> None:
    """Without a signal; the cursor stays where it is as far as there is text."""
    if field.toPlainText() == text:
        return
    at = field.textCursor().position()
    with QSignalBlocker(field):
        field.setPlainText(text)
    cursor = field.textCursor()
    cursor.setPosition(min(at, len(field.toPlainText())))
    field.setTextCursor(cursor)
