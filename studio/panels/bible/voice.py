"""How a character speaks: a note, and three lines that sound like them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from studio.document.bible.entry import Voice
from studio.panels.bible.shown import show_line, show_text
from studio.widgets.plain import words

_LINES = 3
_NOTES_PX = 62


class VoiceFields(QWidget):
    """Signals:
    typed: the voice as it is typed.
    """

    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName(self.tr("How they speak"))
        self.notes.setPlaceholderText(self.tr("Short sentences, never says please…"))
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(_NOTES_PX)
        self.samples = [QLineEdit() for _ in range(_LINES)]
        for number, field in enumerate(self.samples, start=1):
            field.setAccessibleName(self.tr("Sample line {number}").format(number=number))
            field.setPlaceholderText(self.tr("A line they would say"))
        self._voice = Voice()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(words(self.tr("Voice"), "head"))
        box.addWidget(self.notes)
        for field in self.samples:
            box.addWidget(field)
            field.textEdited.connect(self._on_text_edited)
        self.notes.textChanged.connect(self._on_text_edited)

    def show_voice(self, voice: Voice) -> None:
        self._voice = voice
        show_text(self.notes, voice.notes)
        for index, field in enumerate(self.samples):
            show_line(field, voice.samples[index] if index < len(voice.samples) else "")

    def set_read_only(self, on: bool) -> None:
        self.notes.setReadOnly(on)
        for field in self.samples:
            field.setReadOnly(on)

    def _on_text_edited(self) -> None:
        lines = [field.text() for field in self.samples] + list(self._voice.samples[_LINES:])
        while lines and not lines[-1]:
            lines.pop()
        self._voice = Voice(self.notes.toPlainText(), tuple(lines))
        self.typed.emit(self._voice)
