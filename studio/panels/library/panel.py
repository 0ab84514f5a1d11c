"""The Library panel: every picture there is, found, put together, compared and used again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.action_menu import show_actions
from studio.errors import Problem
from studio.library_index import index_name
from studio.library_query import Query
from studio.panels.library import wording
from studio.panels.library.arrivals import Arrivals
from studio.panels.library.bindings import MENU, Doers, bind
from studio.panels.library.choices import Choices
from studio.panels.library.collecting import Collecting
from studio.panels.library.comparison import Comparison
from studio.panels.library.filter_bar import FilterBar
from studio.panels.library.folders import FolderActions
from studio.panels.library.inspecting import Inspecting
from studio.panels.library.inspector import Inspector
from studio.panels.library.look_up import LookUp
from studio.panels.library.looking import Looking
from studio.panels.library.picture_actions import PictureActions
from studio.panels.library.state import LibraryState
from studio.panels.library.story import Story
from studio.panels.library.view import LibraryView
from studio.panels.library.work_line import WorkLine
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.picture_wall import PictureWall
from studio.widgets.thumbnail_files import ThumbnailFiles
from studio.widgets.thumbnail_loader import ThumbnailLoader
from studio.wishes import DrawVariations, InpaintPicture, UseSettings, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent

    from studio.context import Context
    from studio.library import Entry
    from studio.library_query import Found

_ID = "library"


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
        self._looking = Looking(context, lambda: self._story.resolved(self._state.query), self)
        self._loader = PictureLoader(parent=self)
        self._thumbnails = ThumbnailLoader(
            ThumbnailFiles(context.paths.cache / "thumbnails"), parent=self
        )
        self._look_up = LookUp(context.library, context.models)
        choices = Choices(context.library, self._look_up.title_of_model)
        wall = PictureWall(self.tr("Pictures"), self._thumbnails, self._look_up.items)
        bar = FilterBar(choices, context.actions, self._seed)
        self.view = LibraryView(bar, wall, WorkLine(context.library_work), self._loader, self)
        self.inspector = Inspector(self._loader)
        self._story = Story(context.bible, self)
        self._inspecting = Inspecting(context, self.inspector, self._look_up, self._story)
        self._pictures = PictureActions(
            context, self._loader, self._chosen_entries, self._current_entry, self
        )
        self._comparison = Comparison(
            self.view.compare, wall, self._look_up.entries, self._look_up.title_of_model, self
        )
        self._collecting = Collecting(
            context, choices, self._chosen_entries, lambda: self._state.query.collection, self
        )
        self._folders = FolderActions(context, lambda: self._state.query.source, self)
        self._arrivals = Arrivals(context, self, choices, self._collecting, self._folders.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._connect()
        self._offer_actions()
        wall.set_row_height(self._state.row_height)
        bar.show_state(self._state)

    @property
    def state(self) -> LibraryState:
        return self._state

    def focus_first(self) -> None:
        self.view.bar.field.setFocus()

    # ---- what there is -----------------------------------------------------------------------

    def _chosen_entries(self) -> list[Entry]:
        return self._look_up.entries(self.view.wall.chosen())

    def _current_entry(self) -> Entry | None:
        item = self.view.wall.current()
        found = self._look_up.entries([item.key]) if item else []
        return found[0] if found else None

    def _seed(self) -> int | None:
        entry = self._current_entry()
        return entry.seed if entry else None

    def _has_choice(self) -> bool:
        return bool(self.view.wall.chosen())

    # ---- doing -------------------------------------------------------------------------------

    def _set(self, state: LibraryState) -> None:
        self._state = state
        self.view.bar.show_state(state)
        self._context.states.save(_ID, state.to_json())

    def _send(self, wish: type[UseSettings] | type[DrawVariations]) -> None:
        if entry := self._current_entry():
            made: Wish = wish(entry.path)
            self._context.wishes.send("imagine", made)

    def _send_to_inpaint(self) -> None:
        if entry := self._current_entry():
            self._context.wishes.send("inpaint", InpaintPicture(entry.path))

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
        self._inspecting.show(self._current_entry(), len(self.view.wall.chosen()))

    def _ask_for(self, query: Query) -> None:
        self._set(replace(self._state, query=query))
        self._looking.look()

    def _connect(self) -> None:
        view, context = self.view, self._context
        self._looking.found.connect(self._on_looking_found)
        self._looking.failed.connect(self._on_looking_failed)
        view.bar.query_edited.connect(self._on_bar_query_edited)
        view.bar.row_height_edited.connect(self._on_bar_row_height_edited)
        view.bar.meaning_asked.connect(self._on_bar_meaning_asked)
        view.bar.left.connect(partial(view.wall.setFocus, Qt.FocusReason.OtherFocusReason))
        view.wall.selection_changed.connect(self._on_wall_selection_changed)
        view.wall.opened.connect(self._zoom)
        view.wall.menu_asked.connect(partial(show_actions, context.actions, MENU, self))
        view.zoom.closed.connect(partial(view.show_zoom, False))
        view.zoom.stepped.connect(view.wall.step)
        view.zoom.keep_asked.connect(self._pictures.keep)
        view.empty.first_step_asked.connect(partial(context.actions.trigger, "panel.imagine"))
        view.empty.second_step_asked.connect(self._folders.ask)
        view.no_hits.first_step_asked.connect(self._on_no_hits_first_step_asked)
        self._pictures.stars_changed.connect(self._on_pictures_stars_changed)
        self._pictures.pictures_changed.connect(self._on_pictures_changed)
        self._comparison.use_asked.connect(self._on_comparison_use_asked)
        self._collecting.changed.connect(self._on_collecting_changed)
        self._collecting.gone.connect(self._on_collecting_gone)
        self._folders.gone.connect(self._on_folders_gone)
        self._arrivals.came.connect(self._on_arrivals_came)
        context.library_work.looked.connect(self._looking.look)
        self.inspector.action_asked.connect(context.actions.trigger)
        self.inspector.collection_asked.connect(self._on_inspector_collection_asked)
        self.inspector.take_out_asked.connect(self._on_inspector_take_out_asked)
        context.models.changed.connect(self._on_models_changed)
        self._story.changed.connect(self._show_choice)

    def _offer_actions(self) -> None:
        actions, has_choice = self._context.actions, self._has_choice
        pictures, comparison = self._pictures, self._comparison
        bind(actions, Doers(pictures, comparison, self._collecting, self._folders, has_choice))
        connect = actions.connect
        connect("library.find", self._on_find_asked)
        connect("library.select_all", self.view.wall.select_all)
        connect("library.zoom", self._zoom, has_choice)
        connect("library.use_settings", partial(self._send, UseSettings), has_choice)
        connect("library.variations", partial(self._send, DrawVariations), has_choice)
        connect("library.inpaint", self._send_to_inpaint, has_choice)

    # ---- slots -------------------------------------------------------------------------------

    def _on_looking_found(self, query: Query, found: Found) -> None:
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

    def _on_looking_failed(self, reason: str) -> None:
        self.view.bar.show_count(self.tr("The index could not be read: {why}").format(why=reason))

    def _on_bar_query_edited(self, query: Query) -> None:
        typed = query.words != self._state.query.words
        self._set(replace(self._state, query=query))
        if typed:
            self._looking.look_soon()
        else:
            self._looking.look()

    def _on_bar_meaning_asked(self) -> None:
        if self._context.meaning.available:
            self._ask_for(replace(self._state.query, by_meaning=True))
        else:
            self._context.messages.report(
                Problem(
                    self.tr("Search by meaning needs a small language model, which is missing."),
                    self.tr("It comes with the starter set: fabula models install starter"),
                    code="starter_missing",
                )
            )

    def _on_bar_row_height_edited(self, pixels: int) -> None:
        self._set(replace(self._state, row_height=pixels))
        self.view.wall.set_row_height(pixels)

    def _on_wall_selection_changed(self) -> None:
        self._show_choice()
        self._show_zoomed()
        self._comparison.follow()

    def _on_find_asked(self) -> None:
        self.view.show_zoom(False)
        self.focus_first()
        self.view.bar.field.selectAll()

    def _on_no_hits_first_step_asked(self) -> None:
        self._ask_for(Query(order=self._state.query.order))

    def _on_pictures_stars_changed(self) -> None:
        self.view.wall.refresh_items()
        self._show_choice()
        self._looking.look()

    def _on_pictures_changed(self, back: Sequence[Entry]) -> None:
        if back:
            self._choose_soon(back[0].path)
        self._looking.look()

    def _choose_soon(self, path: Path) -> None:
        self._to_choose = index_name(self._context.library.folder, path)

    def _on_collecting_changed(self) -> None:
        self.view.bar.show_state(self._state)
        self._show_choice()
        self._looking.look()

    def _on_collecting_gone(self, collection: str) -> None:
        if self._state.query.collection == collection:
            self._ask_for(replace(self._state.query, collection=None))

    def _on_folders_gone(self, folder: str) -> None:
        if self._state.query.source == folder:
            self._ask_for(replace(self._state.query, source=None))

    def _on_arrivals_came(self, paths: Sequence[Path]) -> None:
        self._choose_soon(paths[0])
        self._looking.look()

    def _on_inspector_collection_asked(self, collection: str) -> None:
        self._ask_for(replace(self._state.query, collection=collection))

    def _on_inspector_take_out_asked(self, collection: str) -> None:
        if entry := self._current_entry():
            self._collecting.take_out(collection, [entry.path])

    def _on_comparison_use_asked(self, entry: Entry) -> None:
        self._context.wishes.send("imagine", UseSettings(entry.path))

    def _on_models_changed(self) -> None:
        self.view.bar.show_state(self._state)
        self._show_choice()

    # ---- Qt ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.watch(True)
        self._looking.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.watch(False)
