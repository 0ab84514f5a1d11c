"""The chosen model: its facts, what uses it, what a check says, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio import theme
from studio.icons import icon
from studio.panels.models import wording
from studio.size_text import size_text
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.go_button import GoButton
from studio.widgets.plain import button, line, set_role, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QPushButton

    from pipelines.model_check.findings import Verdict
    from studio.model_usage import ModelUsage
    from studio.panels.models.entries import ModelEntry

_MARGIN = 16


class Inspector(QFrame):
    """Signals:
    action_asked: a button was pressed; the name of its action.
    """

    action_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._title = ElidedLabel("", "title")
        self._facts = words("", "fact", wrap=True)
        self._problem = words("", "danger", wrap=True)
        self._table = QGridLayout()
        self._path = _copied(self.tr("Path"))
        self._hash = _copied(self.tr("sha256"))
        self._hash.setFont(theme.font(theme.FACT_PX, mono=True))
        self._compute = button("")
        self._usage = words("", wrap=True)
        self._verdict = words("", "fact", wrap=True)
        self._buttons: dict[str, QPushButton] = {
            "model_files.reveal": button(self.tr("Show in folder"), "folder-open"),
            "model_files.check": button(self.tr("Check"), "shield-check"),
            "model_files.forget": button(self.tr("Take off the list"), "eye-slash"),
            "model_files.delete": button("", "trash", "danger"),
        }
        self._go = GoButton(self.tr("Use in Imagine"))
        self._pages = QStackedWidget()
        self._lay_out()
        self._compute.setObjectName("model_files.hash")
        self._go.setObjectName("model_files.use")
        for name, each in self._buttons.items():
            each.setObjectName(name)
        for pressed in (*self._buttons.values(), self._compute, self._go):
            pressed.clicked.connect(self._on_button_clicked)

    def show_nothing(self) -> None:
        self._pages.setCurrentIndex(1)

    def show_entry(self, entry: ModelEntry, usage: ModelUsage, deletes: str) -> None:
        """`deletes` names what the button for it would delete: "Delete file…" and the like."""
        self._title.setText(entry.title)
        self._facts.setText(f"{wording.kind(entry.kind)} · {wording.source(entry.source)}")
        self._problem.setText(entry.problem)
        self._problem.setVisible(bool(entry.problem))
        unknown = self.tr("unknown")
        known = entry.licence_class != "unknown"
        self._fill_table(
            (
                (self.tr("Family"), entry.family or unknown),
                (self.tr("Licence"), entry.licence or unknown),
                (
                    self.tr("Terms"),
                    wording.licence_class(entry.licence_class) if known else unknown,
                ),
                (self.tr("Size"), size_text(entry.size) if entry.size else unknown),
            )
        )
        _show_start(self._path, str(entry.path))
        self._usage.setText(wording.usage(usage))
        self._usage.setToolTip("\n".join((*usage.jobs, *usage.documents)))
        back = self.tr("Put back on the list")
        forget = self._buttons["model_files.forget"]
        _rename(forget, back if entry.forgotten else self.tr("Take off the list"))
        forget.setIcon(icon("eye" if entry.forgotten else "eye-slash"))
        _rename(self._buttons["model_files.delete"], deletes)
        self._pages.setCurrentIndex(0)

    def show_answers(
        self, digest: str, verdict: Verdict | None, asking: bool, share: float
    ) -> None:
        """The hash and the verdict as far as they are known, and how far a question is."""
        _show_start(self._hash, digest)
        self._hash.setVisible(bool(digest))
        compute, stop = self.tr("Compute the sha256"), self.tr("Stop, {n} % read")
        _rename(self._compute, stop.format(n=round(100 * share)) if asking else compute)
        self._compute.setVisible(not digest)
        self._verdict.setText(wording.verdict(verdict) if verdict else self.tr("Not checked yet"))
        role = "fact" if verdict is None else "danger" if verdict.findings else "ok"
        set_role(self._verdict, role)

    def show_allowed(self, allowed: Mapping[str, bool], tips: Mapping[str, str], keys: str) -> None:
        """What can be done by action, tooltips by action, and the key of the primary button."""
        for each in (*self._buttons.values(), self._compute, self._go):
            each.setEnabled(allowed[each.objectName()])
            each.setToolTip(tips[each.objectName()])
        self._go.set_shortcut_text(keys)

    def action_names(self) -> tuple[str, ...]:
        return (*self._buttons, "model_files.hash", "model_files.use")

    def _fill_table(self, rows: Sequence[tuple[str, str]]) -> None:
        for row, (name, value) in enumerate(rows):
            if self._table.itemAtPosition(row, 0) is None:
                self._table.addWidget(words("", "fact"), row, 0)
                self._table.addWidget(ElidedLabel(), row, 1, Qt.AlignmentFlag.AlignRight)
            for column, text in enumerate((name, value)):
                place = self._table.itemAtPosition(row, column)
                label = place.widget() if place else None
                assert isinstance(label, QLabel)
                label.setText(text)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 8)
        column.setSpacing(12)
        column.addLayout(_group(self._title, self._facts))
        column.addWidget(self._problem)
        column.addWidget(line())
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(8)
        self._table.setColumnStretch(1, 1)
        column.addLayout(self._table)
        column.addWidget(line())
        column.addLayout(_group(words(self.tr("Path"), "fact"), self._path))
        column.addLayout(_group(words(self.tr("sha256"), "fact"), self._hash, self._compute))
        column.addLayout(_group(words(self.tr("Used by"), "fact"), self._usage))
        column.addLayout(_group(words(self.tr("Check"), "fact"), self._verdict))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        foot = QVBoxLayout()
        foot.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        foot.setSpacing(8)
        looking, *leaving = self._buttons.values()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(looking, 1)
        row.addWidget(leaving.pop(0), 1)
        foot.addLayout(row)
        for each in leaving:  # two things that must not be taken for each other
            foot.addWidget(each)
        foot.addWidget(self._go)
        chosen = QWidget()
        whole = QVBoxLayout(chosen)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        hint = QWidget()
        hinted = QVBoxLayout(hint)
        hinted.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        text = self.tr("Choose a model to see what it is, what uses it and under which licence.")
        hinted.addWidget(words(text, "fact", wrap=True))
        hinted.addStretch(1)
        self._pages.addWidget(chosen)
        self._pages.addWidget(hint)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self.show_nothing()

    def _on_button_clicked(self) -> None:
        self.action_asked.emit(self.sender().objectName())


def _group(*parts: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(4)
    for part in parts:
        box.addWidget(part)
    return box


def _copied(name: str) -> QLineEdit:
    """Text to be marked and copied, however long it is."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setReadOnly(True)
    return field


def _show_start(field: QLineEdit, text: str) -> None:
    field.setText(text)
    field.setToolTip(plain_tip(text))
    field.setCursorPosition(0)


def _rename(each: QPushButton, text: str) -> None:
    each.setText(f" {text}" if not each.icon().isNull() else text)
    each.setAccessibleName(text)
