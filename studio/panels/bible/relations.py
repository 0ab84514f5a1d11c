"""What an entry is to others: a row for each, and a line to add one by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.entry_kinds import ICONS
from studio.panels.bible.shown import show_line
from studio.widgets.plain import button, chain_focus, icon_button, words

if TYPE_CHECKING:
    from studio.document.bible.entry import Entry, Relation

_NAME_PX = 128

Names = Callable[[], Sequence[str]]


class Relations(QWidget):
    """Signals:
    typed: the words of one are being typed: all relations as they are then.
    edited: one was removed: the others.
    add_asked: the person wants one to the entry of this name.
    followed: the person goes to the entry of this id.
    """

    typed = Signal(object)
    edited = Signal(object)
    add_asked = Signal(str)
    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Names = list
        self._relations: tuple[Relation, ...] = ()
        self._titles: Mapping[str, Entry] = {}
        self._rows: list[QWidget] = []
        self._fields: list[QLineEdit] = []
        self._is_fixed = False
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Add a relation"))
        self.field.setPlaceholderText(self.tr("Add a relation: somebody's or something's name"))
        self.field.setCompleter(completer)
        self.field.installEventFilter(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._box.addWidget(words(self.tr("Relations"), "head"))
        self._box.addWidget(self.field)
        self.field.returnPressed.connect(self._on_field_return_pressed)
        completer.activated.connect(self._on_completer_activated)

    def set_names(self, names: Names) -> None:
        """`names` is asked for what can be offered when the person begins to type."""
        self._names = names

    def show_relations(self, relations: Sequence[Relation], entries: Mapping[str, Entry]) -> None:
        """`entries` are those they lead to, by id; one that is missing was deleted."""
        targets = [relation.to for relation in relations]
        same = targets == [relation.to for relation in self._relations]
        known = [entries.get(to) for to in targets]
        old = [self._titles.get(to) for to in targets]
        self._relations, self._titles = tuple(relations), dict(entries)
        if not same or [each and each.name for each in known] != [e and e.name for e in old]:
            self._rebuild()
        for field, relation in zip(self._fields, relations, strict=True):
            show_line(field, relation.text)

    def set_read_only(self, on: bool) -> None:
        self._is_fixed = on
        self.field.setVisible(not on)
        self._rebuild()

    @property
    def fields(self) -> Sequence[QLineEdit]:
        """Where the words of each are written."""
        return self._fields

    def _rebuild(self) -> None:
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._fields = []
        self._rows = [self._row(index) for index in range(len(self._relations))]
        for index, row in enumerate(self._rows):
            self._box.insertWidget(index + 1, row)
        inside = [part for row in self._rows for part in row.findChildren(QWidget)]
        controls = [part for part in inside if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        chain_focus(self, [*controls, self.field])

    def _row(self, index: int) -> QWidget:
        relation = self._relations[index]
        entry = self._titles.get(relation.to)
        name = entry.name if entry else self.tr("Deleted entry")
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        symbol = ICONS[entry.kind] if entry else "link-break"
        go = button("", symbol)
        go.setText(
            f" {go.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME_PX - 48)}"
        )
        go.setAccessibleName(self.tr("Go to {name}").format(name=name))
        go.setToolTip(go.accessibleName())
        go.setFixedWidth(_NAME_PX)
        go.setStyleSheet("text-align: left;")
        go.setEnabled(entry is not None)
        go.clicked.connect(partial(self._on_go_clicked, relation.to))
        field = QLineEdit(relation.text)
        field.setAccessibleName(self.tr("What it is to {name}").format(name=name))
        field.setPlaceholderText(self.tr("daughter of, afraid of, hides the key of…"))
        field.setReadOnly(self._is_fixed)
        field.textEdited.connect(partial(self._on_text_edited, index))
        self._fields.append(field)
        remove = icon_button("x", self.tr("Remove the relation to {name}").format(name=name))
        remove.setVisible(not self._is_fixed)
        remove.clicked.connect(partial(self._on_remove_clicked, index))
        for part in (go, field, remove):
            line.addWidget(part, 1 if part is field else 0)
        return row

    def _add(self, name: str) -> None:
        self.field.clear()
        if name.strip():
            self.add_asked.emit(name.strip())

    # ---- slots -------------------------------------------------------------------------------

    def _on_go_clicked(self, entry_id: str) -> None:
        self.followed.emit(entry_id)

    def _on_text_edited(self, index: int, text: str) -> None:
        changed = list(self._relations)
        changed[index] = replace(changed[index], text=text)
        self._relations = tuple(changed)
        self.typed.emit(self._relations)

    def _on_remove_clicked(self, index: int) -> None:
        self.edited.emit(self._relations[:index] + self._relations[index + 1 :])

    def _on_field_return_pressed(self) -> None:
        self._add(self.field.text())

    def _on_completer_activated(self, name: str) -> None:
        self._add(name)

    # ---- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusIn:
            self._offered.setStringList(list(self._names()))
        return super().eventFilter(watched, event)
