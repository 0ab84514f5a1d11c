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
    QVBoxLayout,
    QWidget,
)

from studio import theme
from studio.icons import icon
from studio.panels.models import wording
from studio.size_text import size_text
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.go_button import GoButton
from studio.widgets.inspector_pages import InspectorPages
from studio.widgets.plain import button, labelled, line, set_role, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QPushButton

    from pipelines.model_check.findings import Verdict
    from studio.model_usage import ModelUsage
    from studio.panels.models.entries import ModelEntry


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
        self._pages = InspectorPages(
            self.tr("Choose a model to see what it is, what uses it and under which licence.")
        )
        self._lay_out()
        self._compute.setObjectName("model_files.hash")
        self._go.setObjectName("model_files.use")
        for name, each in self._buttons.items():
            each.setObjectName(name)
        for pressed in (*self._buttons.values(), self._compute, self._go):
            pressed.clicked.connect(self._on_button_clicked)

    def show_nothing(self) -> None:
        self._pages.show_hint(True)

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
        self._pages.show_hint(False)

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
        column, foot = self._pages.column, self._pages.foot
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(line())
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(8)
        self._table.setColumnStretch(1, 1)
        column.addLayout(self._table)
        column.addWidget(line())
        column.addWidget(labelled(self.tr("Path"), self._path))
        column.addWidget(labelled(self.tr("sha256"), self._hash, self._compute))
        column.addWidget(labelled(self.tr("Used by"), self._usage))
        column.addWidget(labelled(self.tr("Check"), self._verdict))
        column.addStretch(1)
        reveal, check, *leaving = self._buttons.values()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(reveal, 1)
        row.addWidget(check, 1)
        foot.addLayout(row)
        for each in (*leaving, self._go):  # two that must not be taken for each other
            foot.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)

    def _on_button_clicked(self) -> None:
        self.action_asked.emit(self.sender().objectName())


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
