"""One sentence about what went wrong, with its details, where the person is looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio import theme
from studio.icons import icon
from studio.widgets.glyph import Glyph
from studio.widgets.plain import button, icon_button, words
from studio.widgets.way_buttons import WayButtons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.widgets.way_buttons import Way

_DETAILS_PX = 160
_LINE_PX = 28


@dataclass(frozen=True, slots=True)
class _Shown:
    sentence: str
    details: str
    ways: Sequence[Way]


class ErrorBanner(QFrame):
    """Shows the newest of the problems it was given; closing it shows the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: list[_Shown] = []
        self.setProperty("surface", "card")
        self._sentence = words("", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = words("", "fact")
        self._ways = WayButtons(_LINE_PX)
        self._ways.taken.connect(self._on_close_clicked)
        self._toggle = button(self.tr("Details"), "caret-right", "flat")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggle_toggled)
        self._copy = button(self.tr("Copy"), "copy", "flat")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close = icon_button("x", self.tr("Close this message"))
        self._close.clicked.connect(self._on_close_clicked)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(theme.font(theme.FACT_PX, mono=True))
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setFixedHeight(_DETAILS_PX)
        self._details.hide()
        self._lay_out()
        self.hide()

    def show_problem(
        self, message: str, hint: str = "", details: str = "", ways: Sequence[Way] = ()
    ) -> None:
        """Shows what happened, what to do next and, on demand, the details.

        Each of `ways` is a word on a button and what it does; it closes the message. The same
        sentence is shown once, with its newest details.
        """
        shown = _Shown(f"{message} {hint}".strip(), details, ways)
        others = [one for one in self._problems if one.sentence != shown.sentence]
        self._problems = [*others, shown]
        self._show_newest()

    def _show_newest(self) -> None:
        newest = self._problems[-1]
        self._sentence.setText(newest.sentence)
        self.setAccessibleName(newest.sentence)
        self._details.setPlainText(newest.details)
        self._toggle.setVisible(bool(newest.details))
        self._ways.set_ways(newest.ways)
        self._toggle.setChecked(False)
        before = len(self._problems) - 1
        self._more.setVisible(before > 0)
        self._more.setText(self.tr("%n more", "", before))
        self.show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        sign = Glyph("warning-circle", "danger", 20)
        sign.setFixedHeight(_LINE_PX)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence.setMinimumHeight(_LINE_PX)
        top.addWidget(self._sentence, 1)
        for part in (self._more, self._ways, self._toggle, self._copy, self._close):
            part.setFixedHeight(_LINE_PX)  # flat buttons are lower than others
            top.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 8, 8)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._details)

    def _on_toggle_toggled(self, on: bool) -> None:
        self._details.setVisible(on)
        self._toggle.setIcon(icon("caret-down" if on else "caret-right", "muted"))

    def _on_copy_clicked(self) -> None:
        newest = self._problems[-1]
        parts = filter(None, (newest.sentence, newest.details))
        QGuiApplication.clipboard().setText("\n\n".join(parts))

    def _on_close_clicked(self) -> None:
        self._problems.pop()
        if self._problems:
            self._show_newest()
        else:
            self.hide()
