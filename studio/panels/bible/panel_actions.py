"""The panel's actions: who does them, when they can be done, and the menus made of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from studio.action_menu import show_actions
from studio.document.bible.entry import EntryKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.actions import Actions
    from studio.document.bible.entry import Entry
    from studio.panels.bible.entries import Entries
    from studio.panels.bible.entry_actions import EntryActions
    from studio.panels.bible.entry_view import EntryView
    from studio.panels.bible.exports import Exports
    from studio.panels.bible.imports import Imports
    from studio.panels.bible.view import BibleView

_MENU = (
    ("bible.rename", "bible.duplicate", "bible.draw"),
    ("bible.export_cards", "bible.export_lorebook", "bible.export_folder"),
    ("bible.delete",),
)
_NEW = (tuple(f"bible.new_{kind}" for kind in EntryKind),)
_EXCHANGE = (
    ("bible.import_file", "bible.import_folder"),
    ("bible.export_cards", "bible.export_lorebook", "bible.export_folder"),
)


class PanelActions(QObject):
    """Binds the actions of the Bible panel once."""

    def __init__(
        self,
        actions: Actions,
        entries: Entries,
        doing: EntryActions,
        imports: Imports,
        exports: Exports,
        view: BibleView,
        shown: EntryView,
    ) -> None:
        super().__init__(view)
        self._actions, self._entries, self._doing = actions, entries, doing
        self._imports, self._exports = imports, exports
        self._view, self._shown = view, shown
        view.entries.menu_asked.connect(partial(self._menu, _MENU))
        view.bar.new_asked.connect(partial(self._menu, _NEW))
        view.bar.exchange_asked.connect(partial(self._menu, _EXCHANGE))

    def bind(self, try_text: Callable[[], None]) -> None:
        connect, doing = self._actions.connect, self._doing
        for kind in EntryKind:
            connect(f"bible.new_{kind}", partial(doing.new, kind), self._can_edit)
        connect("bible.rename", self._shown.name, self._can_edit_chosen)
        connect("bible.duplicate", doing.duplicate, self._can_edit_chosen)
        connect("bible.delete", doing.delete, self._can_edit_chosen)
        connect("bible.draw", doing.draw, self._has_chosen)
        connect("bible.find", self._find, self._has_entries)
        connect("bible.select_all", self._view.entries.selectAll, self._has_entries)
        connect("bible.try_text", try_text, self._has_entries)
        connect("bible.import_file", self._imports.ask_files, self._can_edit)
        connect("bible.import_folder", self._imports.ask_folder, self._can_edit)
        connect("bible.export_cards", self._export_cards, self._has_characters)
        connect("bible.export_lorebook", self._export_lorebook, self._has_entries)
        connect("bible.export_folder", self._export_folder, self._has_entries)

    def _menu(self, groups: Sequence[Sequence[str]], at: QPoint) -> None:
        show_actions(self._actions, groups, self._view, at)

    # ---- when --------------------------------------------------------------------------------

    def _can_edit(self) -> bool:
        return self._entries.read_only is None

    def _has_chosen(self) -> bool:
        return bool(self._doing.chosen())

    def _can_edit_chosen(self) -> bool:
        return self._can_edit() and self._has_chosen()

    def _has_characters(self) -> bool:
        return any(entry.kind is EntryKind.CHARACTER for entry in self._doing.chosen())

    def _has_entries(self) -> bool:
        return bool(self._entries.bible)

    # ---- what --------------------------------------------------------------------------------

    def _find(self) -> None:
        self._view.bar.field.setFocus()
        self._view.bar.field.selectAll()

    def _export_cards(self) -> None:
        self._exports.ask_cards(self._doing.chosen())

    def _export_lorebook(self) -> None:
        self._exports.ask_lorebook(self._several())

    def _export_folder(self) -> None:
        self._exports.ask_folder(self._several())

    def _several(self) -> list[Entry]:
        """Those that are chosen if they are several; else all that are listed."""
        chosen = list(self._doing.chosen())
        return chosen if len(chosen) > 1 else list(self._view.entries.entries.rows)
