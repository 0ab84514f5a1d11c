"""The Library panel: every picture there is, found, looked at, compared and used again."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studio.library_query import Query
from studio.library_search import LibrarySearch
from studio.panels.library import wording
from studio.panels.library.comparison import Comparison
from studio.panels.library.facts import settings_rows
from studio.panels.library.filter_bar import FilterBar
from studio.panels.library.inspector import Inspector
from studio.panels.library.items import facts_of, item_of, title_of_entry
from studio.panels.library.picture_actions import PictureActions
from studio.panels.library.state import LibraryState
from studio.panels.library.view import LibraryView
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_wall import PictureWall
from studio.widgets.thumbnail_files import ThumbnailFiles
from studio.widgets.thumbnail_loader import ThumbnailLoader
from studio.wishes import DrawVariations, UseSettings, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from studio.context import Context
    from studio.library import Entry
    from studio.library_query import Found
    from studio.widgets.picture_item import PictureItem

log = logging.getLogger(__name__)

_ID = "library"
_LOOK_AFTER_MS = 80  # since the last key: nobody types faster
_MENU = (
    ("library.use_settings", "library.variations"),
    ("library.zoom", "library.compare", "library.keep"),
    ("library.copy_image", "library.copy_seed", "library.reveal"),
    ("library.delete", "library.undo"),
)


class LibraryPanel(QWidget):
    """`inspector` is shown at the right of the window. What is looked for comes back at the start.

    The index is the one truth: what others change in it is seen within a second.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = LibraryState.from_json(context.states.load(_ID))
        self._shown = Query()
        self._to_choose = ""
        self._search = LibrarySearch(context.paths.library_db, self)
        self._loader = PictureLoader(parent=self)
        self._thumbnails = ThumbnailLoader(
            ThumbnailFiles(context.paths.cache / "thumbnails"), parent=self
        )
        wall = PictureWall(self.tr("Pictures"), self._thumbnails, self._fetch)
        bar = FilterBar(self._models, self._title_of_model)
        self.view = LibraryView(bar, wall, self._loader, self)
        self.inspector = Inspector(self._loader)
        self._pictures = PictureActions(
            context, self._loader, self._chosen_entries, self._current_entry, self
        )
        self._comparison = Comparison(
            self.view.compare, wall, self._entries, self._title_of_model, self
        )
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._connect()
        self._offer_actions()
        wall.set_row_height(self._state.row_height)
        bar.show_state(self._state)
        self._show_keys()

    @property
    def state(self) -> LibraryState:
        return self._state

    def focus_first(self) -> None:
        self.view.bar.field.setFocus()

    # ---- what there is -----------------------------------------------------------------------

    def _entries(self, names: Sequence[str]) -> list[Entry]:
        """In the order of `names`; what is gone is left out."""
        try:
            found = self._context.library.named(names)
        except sqlite3.Error:  # locked for long, or the disk is failing: the cells stay empty
            log.warning("the library's index could not be read", exc_info=True)
            return []
        return [found[name] for name in names if name in found]

    def _fetch(self, names: Sequence[str]) -> dict[str, PictureItem]:
        folder = self._context.library.folder
        items = (item_of(folder, entry) for entry in self._entries(names))
        return {item.key: item for item in items}

    def _models(self) -> list[tuple[str, str, int]]:
        try:
            models = self._context.library.models()
        except sqlite3.Error:
            log.warning("the library's index could not be read", exc_info=True)
            return []
        return [(name, self._title_of_model(name), pictures) for name, pictures in models]

    def _title_of_model(self, name: str) -> str:
        model = self._context.models.find(name)
        return model.title if model else name

    def _chosen_entries(self) -> list[Entry]:
        return self._entries(self.view.wall.chosen())

    def _current_entry(self) -> Entry | None:
        item = self.view.wall.current()
        found = self._entries([item.key]) if item else []
        return found[0] if found else None

    def _has_choice(self) -> bool:
        return bool(self.view.wall.chosen())

    # ---- doing -------------------------------------------------------------------------------

    def _set(self, state: LibraryState) -> None:
        self._state = state
        self.view.bar.show_state(state)
        self._context.states.save(_ID, state.to_json())

    def _look(self) -> None:
        self._looking.stop()
        self._search.find(self._state.query)

    def _send(self, wish: type[UseSettings] | type[DrawVariations]) -> None:
        if entry := self._current_entry():
            made: Wish = wish(entry.path)
            self._context.wishes.send("imagine", made)

    def _zoom(self) -> None:
        if self.view.wall.current():
            self.view.show_zoom(True)
            self._show_zoomed()

    def _show_zoomed(self) -> None:
        if not self.view.is_zoomed():
            return
        if item := self.view.wall.current():
            self.view.zoom.show_picture(item, self.view.wall.position())
        else:
            self.view.show_zoom(False)

    def _show_choice(self) -> None:
        entry, chosen = self._current_entry(), len(self.view.wall.chosen())
        if entry is None or not chosen:
            self.inspector.show_nothing()
            return
        item = item_of(self._context.library.folder, entry)
        rows = settings_rows(entry, self._title_of_model)
        self.inspector.show_picture(
            item, title_of_entry(entry), facts_of(entry, chosen), entry.prompt, rows
        )

    def _show_keys(self) -> None:
        actions = self._context.actions
        tips = {name: actions.tooltip(name) for name in self.inspector.action_names()}
        self.inspector.set_tooltips(tips, actions.shortcut_text("library.use_settings"))

    def _menu(self, at: QPoint) -> None:
        actions = self._context.actions
        menu = QMenu(self)
        for group in _MENU:
            menu.addSeparator()
            menu.addActions([actions.action(action_id) for action_id in group])
        actions.show_enabled()
        menu.exec(at)
        actions.show_available()
        menu.deleteLater()

    def _connect(self) -> None:
        view, context = self.view, self._context
        self._search.found.connect(self._on_search_found)
        self._search.failed.connect(self._on_search_failed)
        self._looking.timeout.connect(self._look)
        view.bar.query_edited.connect(self._on_bar_query_edited)
        view.bar.row_height_edited.connect(self._on_bar_row_height_edited)
        view.bar.left.connect(self._on_bar_left)
        view.wall.selection_changed.connect(self._on_wall_selection_changed)
        view.wall.opened.connect(self._zoom)
        view.wall.menu_asked.connect(self._menu)
        view.zoom.closed.connect(partial(view.show_zoom, False))
        view.zoom.stepped.connect(view.wall.step)
        view.zoom.keep_asked.connect(self._pictures.keep)
        view.empty.first_step_asked.connect(partial(context.actions.trigger, "panel.imagine"))
        view.empty.second_step_asked.connect(
            partial(context.actions.trigger, "window.open_library_folder")
        )
        view.no_hits.first_step_asked.connect(self._on_no_hits_first_step_asked)
        self._pictures.stars_changed.connect(self._on_pictures_stars_changed)
        self._pictures.pictures_changed.connect(self._on_pictures_changed)
        self._comparison.use_asked.connect(self._on_comparison_use_asked)
        self.inspector.action_asked.connect(context.actions.trigger)
        context.actions.shortcuts_changed.connect(self._show_keys)
        context.models.changed.connect(self._on_models_changed)

    def _offer_actions(self) -> None:
        connect, pictures = self._context.actions.connect, self._pictures
        connect("library.find", self._on_find_asked)
        connect("library.keep", pictures.keep, self._has_choice)
        connect("library.delete", pictures.delete, self._has_choice)
        connect("library.undo", pictures.undo_delete, pictures.can_undo)
        connect("library.copy_image", pictures.copy_image, self._has_choice)
        connect("library.copy_seed", pictures.copy_seed, pictures.has_seed)
        connect("library.reveal", pictures.reveal, self._has_choice)
        connect("library.select_all", self.view.wall.select_all)
        connect("library.zoom", self._zoom, self._has_choice)
        connect("library.compare", self._comparison.open, self._comparison.can_open)
        connect("library.use_settings", partial(self._send, UseSettings), self._has_choice)
        connect("library.variations", partial(self._send, DrawVariations), self._has_choice)

    # ---- slots -------------------------------------------------------------------------------

    def _on_search_found(self, query: Query, found: Found) -> None:
        view = self.view
        view.wall.set_pictures(found.names, found.aspects, stay=query == self._shown)
        self._shown = query
        view.bar.show_count(wording.count(len(found.names), found.total))
        if found.names:
            view.show_pictures()
        elif found.total:
            view.show_no_hits()
        else:
            view.show_empty()
        if self._to_choose in found.names:
            view.wall.choose(self._to_choose)
        self._to_choose = ""
        self._show_choice()
        self._show_zoomed()
        self._comparison.refresh()

    def _on_search_failed(self, reason: str) -> None:
        self.view.bar.show_count(self.tr("The index could not be read: {why}").format(why=reason))

    def _on_bar_query_edited(self, query: Query) -> None:
        typed = query.words != self._state.query.words
        self._set(replace(self._state, query=query))
        if typed:
            self._looking.start()
        else:
            self._look()

    def _on_bar_row_height_edited(self, pixels: int) -> None:
        self._set(replace(self._state, row_height=pixels))
        self.view.wall.set_row_height(pixels)

    def _on_bar_left(self) -> None:
        self.view.wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_wall_selection_changed(self) -> None:
        self._show_choice()
        self._show_zoomed()
        self._comparison.follow()

    def _on_find_asked(self) -> None:
        self.view.show_zoom(False)
        self.focus_first()
        self.view.bar.field.selectAll()

    def _on_no_hits_first_step_asked(self) -> None:
        self._set(replace(self._state, query=Query(order=self._state.query.order)))
        self._look()

    def _on_pictures_stars_changed(self) -> None:
        self.view.wall.refresh_items()
        self._show_choice()
        self._look()

    def _on_pictures_changed(self, back: Sequence[Entry]) -> None:
        if back:
            folder = self._context.library.folder
            self._to_choose = item_of(folder, back[0]).key
        self._look()

    def _on_comparison_use_asked(self, entry: Entry) -> None:
        self._context.wishes.send("imagine", UseSettings(entry.path))

    def _on_models_changed(self) -> None:
        self.view.bar.show_state(self._state)
        self._show_choice()

    # ---- Qt ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search.watch(True)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._search.watch(False)
