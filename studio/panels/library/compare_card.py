"""Two pictures compared, with a table of only what differs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.widgets.compare_view import CompareView, Mode
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, icon_button, words
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.panels.library.facts import Difference
    from studio.widgets.picture_loader import PictureLoader

_HEIGHT = 316
_MARGIN = 16


class CompareCard(QFrame):
    """Signals:
    use_asked: the settings of the first (0) or second (1) picture are wanted.
    closed: it is no longer wanted.
    """

    use_asked = Signal(int)
    closed = Signal()

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFixedHeight(_HEIGHT)
        self._modes: dict[str, Mode] = {
            self.tr("Side by side"): "side",
            self.tr("Slider"): "slider",
            self.tr("Difference"): "difference",
        }
        self.view = CompareView(self.tr("Two pictures compared"), loader)
        self._segments = Segments(self.tr("How to compare"))
        self._segments.set_options(list(self._modes))
        self._close = icon_button("x", self.tr("Close the comparison (Esc)"))
        self._use = (button(self.tr("Use A")), button(self.tr("Use B")))
        self._table = QGridLayout()
        self._lay_out()
        self._segments.chosen.connect(self._on_segments_chosen)
        self._close.clicked.connect(self.closed)
        self.view.closed.connect(self.closed)
        for which, each in enumerate(self._use):
            each.setToolTip(self.tr("Take over the settings of this picture"))
            each.clicked.connect(partial(self.use_asked.emit, which))
        self.set_mode("slider")

    def set_mode(self, mode: Mode) -> None:
        """How the two are compared."""
        word = next(word for word, each in self._modes.items() if each == mode)
        self._segments.choose(word)
        self.view.set_mode(mode)

    def show_pictures(self, first: str, second: str, rows: Sequence[Difference]) -> None:
        """Compares two files; `rows` is what differs in how they were made."""
        self.view.show_pictures(first, second)
        while entry := self._table.takeAt(0):
            if old := entry.widget():
                old.hide()
                old.deleteLater()
        if not rows:
            self._table.addWidget(words(self.tr("Both were made the same way."), "fact"), 0, 0)
            return
        self._table.addWidget(words("A", "strong"), 0, 1)
        self._table.addWidget(words("B", "strong"), 0, 2)
        for number, row in enumerate(rows, 1):
            self._table.addWidget(words(row.name, "fact"), number, 0)
            self._table.addWidget(_value(row.first), number, 1)
            self._table.addWidget(_value(row.second), number, 2)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words(self.tr("Compare 2"), "title"))
        head.addWidget(ElidedLabel(self.tr("zoom and pan move both"), "fact"))
        head.addStretch(1)
        head.addWidget(self._segments)
        head.addWidget(self._close)
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        self._table.setHorizontalSpacing(16)
        self._table.setVerticalSpacing(6)
        self._table.setColumnStretch(1, 1)
        self._table.setColumnStretch(2, 1)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._table)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        uses = QHBoxLayout()
        uses.setSpacing(8)
        for each in self._use:
            uses.addWidget(each)
        uses.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(words(self.tr("Only what differs"), "head"))
        side.addWidget(scroll, 1)
        side.addLayout(uses)
        body = QHBoxLayout()
        body.setSpacing(20)
        body.addWidget(self.view, 5)
        body.addLayout(side, 7)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addLayout(body, 1)

    def _on_segments_chosen(self, word: str) -> None:
        self.view.set_mode(self._modes[word])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _value(text: str) -> ElidedLabel:
    label = ElidedLabel(text)
    # Both columns are equally wide, however long the words are.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
