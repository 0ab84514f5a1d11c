"""A text in Markdown, to be written or to be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from studio.widgets.markdown_view import MarkdownView
from studio.widgets.plain import words
from studio.widgets.segments import Segments

_SMALLEST = 200
_SEGMENTS_PX = 168


class MarkdownText(QWidget):
    """Shows what is set with `set_text`; `name` heads it. Links are the `view`'s to tell of.

    Signals:
        edited: the person changed the text; all of it.
        reading_chosen: the person wants to read (True) or to write.
    """

    edited = Signal(str)
    reading_chosen = Signal(bool)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.setTabChangesFocus(True)
        self.view = MarkdownView(name)
        self._write, self._read = self.tr("Write"), self.tr("Read")
        self.segments = Segments(self.tr("Write or read"))
        self.segments.set_options([self._write, self._read])
        self.segments.setFixedWidth(_SEGMENTS_PX)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.field)
        self._pages.addWidget(self.view)
        self._pages.setMinimumHeight(_SMALLEST)
        head = QHBoxLayout()
        head.addWidget(words(name, "head"), 1)
        head.addWidget(self.segments)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._pages, 1)
        self._known = ""
        self._to_read: Callable[[str], str] = str
        self.field.textChanged.connect(self._on_field_text_changed)
        self.segments.chosen.connect(self._on_segments_chosen)
        self.set_reading(False)

    @property
    def is_reading(self) -> bool:
        return self._pages.currentWidget() is self.view

    def text(self) -> str:
        return self._known

    def set_text(self, text: str) -> None:
        """Shows `text` without a signal."""
        if text == self._known:
            return
        at = self.field.textCursor().position()
        with QSignalBlocker(self.field):
            self.field.setPlainText(text)
        cursor = self.field.textCursor()
        cursor.setPosition(min(at, self.field.document().characterCount() - 1))
        self.field.setTextCursor(cursor)
        self._known = text
        if self.is_reading:
            self.view.show_text(self._to_read(text))

    def set_to_read(self, to_read: Callable[[str], str]) -> None:
        """`to_read` makes of the text what is read, as with links in it."""
        self._to_read = to_read

    def set_reading(self, on: bool) -> None:
        self.segments.choose(self._read if on else self._write)
        if on:
            self.view.show_text(self._to_read(self._known))
        self._pages.setCurrentWidget(self.view if on else self.field)

    def _on_field_text_changed(self) -> None:
        self._known = self.field.toPlainText()
        self.edited.emit(self._known)

    def _on_segments_chosen(self, word: str) -> None:
        self.set_reading(word == self._read)
        self.reading_chosen.emit(self.is_reading)
