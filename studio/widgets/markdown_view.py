"""Markdown as it reads: a stranger's text, of which nothing is fetched, run or opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from studio import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

LONGEST = 30_000
"""Characters that are rendered, in some 50 ms; who wants to read on reads the source."""

# More quotes and lists inside each other than anybody means: each level costs Qt a frame.
_DEEP = re.compile(r"^[\s>*+\-.)0-9]{64,}", re.MULTILINE)
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_BELOW_PX = 8
_LINE_PERCENT = 125
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class MarkdownView(QTextBrowser):
    """HTML in the text is shown as it is written, a picture as its words; no link is opened.

    Signals:
        link_clicked: where a link that was clicked leads, as the text has it.
    """

    link_clicked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("Nothing is written yet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_self_anchor_clicked)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(4)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        theme.current().changed.connect(self._render)

    def show_text(self, markdown: str) -> None:
        if markdown != self._source:
            self._source = markdown
            self._render()

    def _render(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font(14))
        document.setMarkdown(_bounded(self._source), _FEATURES)
        room = QTextBlockFormat()
        room.setBottomMargin(_BELOW_PX)
        room.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(room)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _on_self_anchor_clicked(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString())

    # ---- Qt ----------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Of nothing Qt would look for a file of that name itself.
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        nothing.fill(Qt.GlobalColor.transparent)
        return nothing


def _bounded(text: str) -> str:
    shown = _DEEP.sub("", text[:LONGEST]).replace("![", "[")  # a picture is what it says it shows
    return f"{shown}…" if len(text) > LONGEST else shown
