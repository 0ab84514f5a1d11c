"""The prompt: a text field that grows with its words and shows and changes their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from studio import theme
from studio.widgets.growing_text import GrowingText
from studio.widgets.mention_completer import MentionCompleter
from studio.widgets.plain_tip import plain_tip
from studio.widgets.prompt_highlighter import PromptHighlighter
from studio.widgets.utf16 import utf16_length
from studio.widgets.weights import WeightedText, change_weight

if TYPE_CHECKING:
    from studio.widgets.mentions import MentionSource
    from studio.widgets.thumbnail_loader import ThumbnailLoader

_LEAST_LINES, _MOST_LINES = 2, 8
_STEP = 0.1
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class PromptEdit(GrowingText):
    """Plain text; Ctrl+Up and Ctrl+Down change the weight of the words at the cursor.

    With `set_mentions` an `@` offers what can be mentioned.

    Signals:
        edited: the text is another one now (typed, pasted, or set by `set_text`).
        history_asked: Alt+Up (1, older) or Alt+Down (-1, newer) was pressed.
    """

    edited = Signal(str)
    history_asked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _LEAST_LINES, _MOST_LINES, parent)
        self._known = ""
        self._colours = PromptHighlighter(self.document())
        self._mentions: MentionSource | None = None
        self.textChanged.connect(self._on_self_text_changed)
        theme.current().changed.connect(self._colour_again)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replaces the text in one step that Undo takes back; the cursor stands at its end."""
        if text == self.text():
            return
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def set_mentions(self, mentions: MentionSource, portraits: ThumbnailLoader) -> None:
        """Colours and completes mentions, and says of an unknown one what is wrong."""
        self._mentions = mentions
        self._colours.set_mentions(mentions)
        mentions.changed.connect(self._colour_again)
        MentionCompleter(self, mentions, portraits)

    def change_weight(self, step: float) -> None:
        """Adds `step` to the weight of the selection or of the word at the cursor."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        after = change_weight(WeightedText(self.text(), start, end), step)
        self.set_text(after.text)
        cursor = self.textCursor()
        cursor.setPosition(after.start)
        cursor.setPosition(after.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _tip_at(self, point: QPoint) -> str:
        """What there is to say of the mention below `point` of the viewport."""
        if self._mentions is None:
            return ""
        place, text = self.cursorForPosition(point).position(), self.text()
        for span in self._mentions.spans(text):
            if utf16_length(text[: span.start]) <= place <= utf16_length(text[: span.end]):
                return span.tip
        return ""

    def _colour_again(self) -> None:
        # A text that was set while signals were blocked is not to be told now.
        self._known = self.text()
        self._colours.read_again()

    def _on_self_text_changed(self) -> None:
        # Colouring the words reports a change too.
        if self.text() == self._known:
            return
        self._known = self.text()
        if self.blockCount() > 1:  # a bracket may close what another line opened
            self._colours.rehighlight()
        self.edited.emit(self._known)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self._tip_at(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = _STEPS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if sign and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.change_weight(sign * _STEP)
        elif sign and modifiers == Qt.KeyboardModifier.AltModifier:
            self.history_asked.emit(sign)
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # A dropped picture is for the panel, its path is no prompt.
        return not source.hasUrls() and super().canInsertFromMimeData(source)
