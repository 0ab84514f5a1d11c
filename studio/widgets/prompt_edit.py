"""The prompt: a text field that grows with its words and shows and changes their weights."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio import theme
from studio.widgets.weights import WeightedText, change_weight, weight_spans

_LEAST_LINES, _MOST_LINES = 2, 8
_MARGINS = (3, 2, 3, 2)  # with the style's own padding the words begin 12 and 9 px inside
_AROUND = 26  # what the height takes beyond its lines
_STEP = 0.1
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class PromptEdit(QPlainTextEdit):
    """Plain text; Ctrl+Up and Ctrl+Down change the weight of the words at the cursor.

    Signals:
        edited: the text is another one now (typed, pasted, or set by `set_text`).
        history_asked: Alt+Up (1, older) or Alt+Down (-1, newer) was pressed.
    """

    edited = Signal(str)
    history_asked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(*_MARGINS)
        self._weights = _WeightHighlighter(self.document())
        self.textChanged.connect(self._on_self_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        theme.current().changed.connect(self._weights.rehighlight)
        self._fit_height()

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

    def _fit_height(self) -> None:
        lines = min(_MOST_LINES, max(_LEAST_LINES, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + _AROUND
        if height != self.height():
            self.setFixedHeight(height)

    def _on_self_text_changed(self) -> None:
        # Colouring the words reports a change too.
        if self.text() == self._known:
            return
        self._known = self.text()
        if self.blockCount() > 1:  # a bracket may close what another line opened
            self._weights.rehighlight()
        self.edited.emit(self._known)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = _STEPS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if sign and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.change_weight(sign * _STEP)
        elif sign and modifiers == Qt.KeyboardModifier.AltModifier:
            self.history_asked.emit(sign)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # A dropped picture is for the panel, its path is no prompt.
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class _WeightHighlighter(QSyntaxHighlighter):
    """Reads the prompt once for all its lines: of some hundred each key would take seconds else."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._revision = -1
        self._marked: list[tuple[int, int]] = []

    def _read(self) -> None:
        """Where anything is weighted, from the start of the prompt; groups in groups are one."""
        if self._revision == self.document().revision():
            return
        self._revision = self.document().revision()
        self._marked.clear()
        for start, end, *_ in sorted(weight_spans(self.document().toPlainText())):
            if not self._marked or start >= self._marked[-1][1]:
                self._marked.append((start, end))

    def highlightBlock(self, text: str) -> None:
        self._read()
        look = QTextCharFormat()
        look.setForeground(theme.colour("accent_text"))
        look.setFontWeight(500)
        first = self.currentBlock().position()
        last = first + len(text)
        for place in range(bisect_right(self._marked, first, key=itemgetter(1)), len(self._marked)):
            start, end = self._marked[place]
            if start >= last:
                break
            start, end = max(start, first), min(end, last)
            self.setFormat(start - first, end - start, look)
