"""Colours the weights and the mentions of a prompt."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat

from studio import theme
from studio.widgets.weights import weight_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QTextDocument

    from studio.widgets.mentions import MentionSource


@dataclass(frozen=True, slots=True)
class _Piece:
    """In the units of the document; a piece that is not `known` is underlined instead."""

    start: int
    end: int
    known: bool = True


class PromptHighlighter(QSyntaxHighlighter):
    """Reads the prompt once for all its lines: of some hundred each key would take seconds else."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._revision = -1
        self._mentions: MentionSource | None = None
        self._weighted: list[_Piece] = []
        self._mentioned: list[_Piece] = []

    def set_mentions(self, mentions: MentionSource) -> None:
        """Colours what these find, too."""
        self._mentions = mentions
        self.read_again()

    def read_again(self) -> None:
        """The same words mean something else now."""
        self._revision = -1
        self.rehighlight()

    def _read(self) -> None:
        if self._revision == self.document().revision():
            return
        self._revision = self.document().revision()
        text = self.document().toPlainText()
        # Groups in groups are one.
        groups: list[tuple[int, int, bool]] = []
        for start, end, *_ in sorted(weight_spans(text)):
            if not groups or start >= groups[-1][1]:
                groups.append((start, end, True))
        spans = self._mentions.spans(text) if self._mentions else ()
        self._weighted = _pieces(text, groups)
        self._mentioned = _pieces(text, ((span.start, span.end, span.known) for span in spans))

    def highlightBlock(self, text: str) -> None:
        self._read()
        first = self.currentBlock().position()
        last = first + self.currentBlock().length()
        for pieces in (self._weighted, self._mentioned):
            for piece in _within(pieces, first, last):
                start, end = max(piece.start, first), min(piece.end, last)
                self.setFormat(start - first, end - start, _look(piece.known))


def _look(known: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    if known:
        look.setForeground(theme.colour("accent_text"))
        look.setFontWeight(500)
    else:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(theme.colour("muted"))
    return look


def _pieces(text: str, spans: Iterable[tuple[int, int, bool]]) -> list[_Piece]:
    """Qt counts two for an emoji where Python counts one."""
    if text.isascii():
        return [_Piece(*span) for span in spans]
    places = [0, *accumulate(2 if letter > "\uffff" else 1 for letter in text)]
    return [_Piece(places[start], places[end], known) for start, end, known in spans]


def _within(pieces: Sequence[_Piece], first: int, last: int) -> Iterator[_Piece]:
    for place in range(bisect_right(pieces, first, key=attrgetter("end")), len(pieces)):
        if pieces[place].start >= last:
            return
        yield pieces[place]
