"""Making, naming and filling collections."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from studio.errors import Problem
from studio.panels.library.wording import number
from studio.widgets.ask import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.context import Context
    from studio.library import Entry
    from studio.panels.library.choices import Choice, Choices


class Collecting(QObject):
    """`chosen` gives the entries of the chosen pictures, `current` the collection that is shown.

    Signals:
        changed: a collection was made, renamed, deleted, or has other pictures.
        gone: the collection of this id was deleted.
    """

    changed = Signal()
    gone = Signal(str)

    def __init__(
        self,
        context: Context,
        choices: Choices,
        chosen: Callable[[], Sequence[Entry]],
        current: Callable[[], str | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._choices = context, choices
        self._chosen, self._current, self._window = chosen, current, parent

    def show_menu(self) -> None:
        """All collections, with a tick where all the chosen pictures are in it.

        It opens at the pointer where that is over the window, as after a click.
        """
        paths = [entry.path for entry in self._chosen()]
        held = self._held_by_all(paths)
        menu = QMenu(self._window)
        for choice in self._choices.collections():
            entry = menu.addAction(choice.title.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(choice.value in held)
            move = self.take_out if choice.value in held else self.put
            entry.triggered.connect(partial(self._on_entry_triggered, move, choice.value, paths))
        menu.addSeparator()
        new = menu.addAction(self.tr("New collection…"))
        new.triggered.connect(partial(self._on_new_triggered, paths))
        at, window = QCursor.pos(), self._window.window()
        if not window.rect().contains(window.mapFromGlobal(at)):
            at = self._window.mapToGlobal(self._window.rect().center())
        first = next(entry for entry in menu.actions() if not entry.isSeparator())
        menu.setActiveAction(first)  # B and Enter do it
        menu.exec(at)
        menu.deleteLater()

    def make(self, paths: Sequence[Path] = ()) -> None:
        """Asks for a name and puts the pictures at these paths into the new collection."""

        def named(name: str) -> None:
            if self._does(lambda: self._make(name, paths)):
                self.changed.emit()

        title, label = self.tr("New collection"), self.tr("Name of the collection")
        dialog = Ask(self._window, title, label, "", self.tr("Make"))
        dialog.answered.connect(named)
        dialog.open()

    def rename(self) -> None:
        """Asks for another name of the collection that is shown."""
        if (choice := self._shown()) is None:
            return

        def named(name: str) -> None:
            if self._does(lambda: self._context.library.marks.rename(choice.value, name)):
                self.changed.emit()

        title, label = self.tr("Rename collection"), self.tr("Name of the collection")
        dialog = Ask(self._window, title, label, choice.title, self.tr("Rename"))
        dialog.answered.connect(named)
        dialog.open()

    def delete(self) -> None:
        """Asks, then deletes the collection that is shown; its pictures stay."""
        if (choice := self._shown()) is None:
            return
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Delete collection"),
            self.tr("Delete the collection “{name}”?").format(name=choice.title),
            parent=self._window.window(),
        )
        stay = self.tr("Its {count} pictures stay in the library, with their stars.")
        question.setInformativeText(stay.format(count=number(choice.pictures)))
        yes = question.addButton(self.tr("Delete collection"), QMessageBox.ButtonRole.AcceptRole)
        no = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(no)
        question.setEscapeButton(no)
        question.exec()
        if question.clickedButton() is not yes:
            return
        if self._does(lambda: self._context.library.marks.delete(choice.value)):
            self.gone.emit(choice.value)
            self.changed.emit()

    def put(self, collection: str, paths: Sequence[Path]) -> None:
        """Puts pictures of the library into a collection."""
        library = self._context.library
        if self._does(lambda: library.marks.collect(collection, library.contents(paths))):
            self.changed.emit()

    def take_out(self, collection: str, paths: Sequence[Path]) -> None:
        """Takes pictures out of a collection."""
        library = self._context.library
        if self._does(lambda: library.marks.uncollect(collection, library.contents(paths))):
            self.changed.emit()

    def take_out_chosen(self) -> None:
        """Takes the chosen pictures out of the collection that is shown."""
        if (collection := self._current()) is not None:
            self.take_out(collection, [entry.path for entry in self._chosen()])

    def can_take_out(self) -> bool:
        return self._current() is not None and bool(self._chosen())

    def has_current(self) -> bool:
        return self._current() is not None

    # ---- inside ------------------------------------------------------------------------------

    def _shown(self) -> Choice | None:
        current = self._current()
        return next((each for each in self._choices.collections() if each.value == current), None)

    def _make(self, name: str, paths: Sequence[Path]) -> None:
        library = self._context.library
        made = library.marks.make(name)
        if paths:
            library.marks.collect(made.id, library.contents(paths))

    def _held_by_all(self, paths: Sequence[Path]) -> set[str]:
        library = self._context.library
        try:
            held = [
                {each.id for each in library.marks.collections_of(content)}
                for content in library.contents(paths)
            ]
        except (LookupError, sqlite3.Error):  # gone a moment ago: nothing is ticked
            return set()
        return set.intersection(*held) if held else set()

    def _does(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except ValueError as error:
            text = self.tr("The collection was not named: {why}.").format(why=error)
            self._context.messages.report(Problem(text, self.tr("Choose another name.")))
        except (LookupError, OSError, sqlite3.Error) as error:
            text = self.tr("The collection could not be changed: {why}.").format(why=error)
            hint = self.tr("The pictures are safe. Make room on the disk, then try again.")
            self._context.messages.report(Problem(text, hint))
        else:
            return True
        return False

    def _on_entry_triggered(
        self,
        move: Callable[[str, Sequence[Path]], None],
        collection: str,
        paths: Sequence[Path],
        _checked: bool = False,
    ) -> None:
        move(collection, paths)

    def _on_new_triggered(self, paths: Sequence[Path], _checked: bool = False) -> None:
        self.make(paths)
