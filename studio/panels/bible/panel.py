"""The Bible panel: the people, places and things of the story, and what they bring to prompts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.asset_pictures import AssetPictures
from studio.bible_mentions import BibleMentions
from studio.document.bible.entry import EntryKind
from studio.panels.bible.card import Card
from studio.panels.bible.drops import can_be_bible, is_offered, local_paths
from studio.panels.bible.entries import Entries
from studio.panels.bible.entry_actions import EntryActions
from studio.panels.bible.entry_list import EntryList
from studio.panels.bible.entry_pictures import EntryPictures
from studio.panels.bible.entry_view import EntryView
from studio.panels.bible.exports import Exports
from studio.panels.bible.filter_bar import FilterBar
from studio.panels.bible.filtering import Filter, Finder, counts, tags
from studio.panels.bible.imports import Imports
from studio.panels.bible.inspector import Inspector
from studio.panels.bible.panel_actions import PanelActions
from studio.panels.bible.state import BibleState
from studio.panels.bible.try_dialog import TryDialog
from studio.panels.bible.typing import Typing
from studio.panels.bible.uses_watch import UsesWatch
from studio.panels.bible.view import BibleView
from studio.widgets.picture_drops import PictureDrops
from studio.widgets.picture_loader import PictureLoader
from studio.widgets.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QObject
    from PySide6.QtGui import QHideEvent

    from studio.context import Context
    from studio.document.bible.bible import Bible
    from studio.document.bible.entry import Entry
    from studio.document.errors import ProjectError

_ID = "bible"
_SAMPLE = "project.open_sample"


class BiblePanel(QWidget):
    """`inspector` is shown at the right of the window.

    The project is the one truth: whoever changes an entry, it is seen at once.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = BibleState.from_json(context.states.load(_ID))
        self._filter, self._finder = Filter(), Finder()
        self._row = 0
        self.entries = Entries(context.project, context.bible, context.messages)
        self.typing = Typing(self.entries, self)
        self.uses = UsesWatch(context.project, context.bible, self)
        pictures = AssetPictures(context.project)
        self._loader = PictureLoader(read=pictures.read, parent=self)
        self._thumbnails = ThumbnailLoader(pictures, parent=self)
        listed = EntryList(self.tr("Entries"), self._thumbnails)
        bar = FilterBar(self._tags)
        offers = {spec.id for spec in context.actions.available()}
        sample = context.actions.text(_SAMPLE) if _SAMPLE in offers else ""
        self.view = BibleView(bar, listed, Card(self._loader), sample, self)
        self.inspector = Inspector(self._loader)
        self._portraits = ThumbnailLoader(pictures, parent=self)
        mentions = BibleMentions(context.bible, self)
        for edit in (self.inspector.prompt, self.inspector.negative):
            edit.set_mentions(mentions, self._portraits)
        notice = self.view.notice
        self.pictures = EntryPictures(context, self.entries, notice.tell, self)
        self.shown = EntryView(
            context,
            self.entries,
            self.typing,
            self.uses,
            self.pictures,
            self.view.card,
            self.inspector,
            notice,
            self,
        )
        self._actions = EntryActions(context, self.entries, self.uses, notice, self.chosen, self)
        self.imports = Imports(context, self.entries, self)
        self.exports = Exports(context, self.entries, self)
        self._try: TryDialog | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        PictureDrops(self, self._takes).dropped.connect(self._on_dropped)
        self.view.card.text.set_reading(self._state.reading)
        self._connect()
        offered = PanelActions(
            context.actions,
            self.entries,
            self._actions,
            self.imports,
            self.exports,
            self.view,
            self.shown,
        )
        offered.bind(self._open_try)
        self._show_keys()
        if not context.bible.is_loading:
            self._show_project()

    def focus_first(self) -> None:
        self.view.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[Entry]:
        """The entries that are chosen, in the order of the list; else the one looked at."""
        ids = self.view.entries.chosen() or [self.shown.entry_id]
        return [entry for entry in (self.entries.get(each) for each in ids) if entry]

    def show_entry(self, entry_id: str) -> None:
        """Looks at an entry, and takes the filter off where that hides it."""
        if self.entries.get(entry_id) is None:
            return
        if self.view.entries.entries.row_of(entry_id) < 0:
            self._set_filter(Filter())
        self.view.entries.look_at(entry_id)

    # ---- showing -----------------------------------------------------------------------------

    def _show_project(self) -> None:
        self._show_read_only()
        wanted = self.entries.get(self._state.entry)
        first = wanted or next(iter(self.entries.bible), None)
        self._look_at(first.id if first else "")
        self._set_filter(Filter())
        self.uses.look()

    def _tags(self) -> list[tuple[str, int]]:
        return tags(self.entries.bible)

    def _set_filter(self, wanted: Filter) -> None:
        self._filter = wanted
        self.view.bar.show_filter(wanted)
        self._show_list()

    def _show_list(self) -> None:
        every = self.entries.bible.entries
        found = self._finder.found(every, self._filter)
        view = self.view
        if not every:
            view.show_empty()
        else:
            view.show_entries(found=bool(found))
        view.entries.show_entries(found, self.shown.entry_id)
        shown = self.tr("{shown} of {all}").format(shown=len(found), all=len(every))
        view.bar.show_counts(counts(every), shown if self._filter.is_on else "")
        self._row = max(view.entries.entries.row_of(self.shown.entry_id), 0)

    def _look_at(self, entry_id: str) -> None:
        self.shown.show(entry_id)
        self.view.show_card(bool(entry_id))
        self._row = max(self.view.entries.entries.row_of(entry_id), 0)
        self._keep(replace(self._state, entry=entry_id))

    def _keep(self, state: BibleState) -> None:
        self._state = state
        self._context.states.save(_ID, state.to_json())

    def _show_read_only(self) -> None:
        why: ProjectError | None = self.entries.read_only
        self.view.card.set_read_only(f"{why} {why.hint}".strip() if why else "")
        self.inspector.set_read_only(why is not None)
        self.view.bar.set_read_only(why is not None)
        self.view.entries.entries.set_fixed(why is not None)

    def _show_keys(self) -> None:
        actions = self._context.actions
        self.inspector.set_shortcut(
            actions.shortcut_text("bible.draw"), actions.tooltip("bible.draw")
        )

    # ---- doing -------------------------------------------------------------------------------

    def _connect(self) -> None:
        view, context = self.view, self._context
        context.bible.changed.connect(self._on_bible_changed)
        self.uses.changed.connect(self._on_uses_changed)
        self.shown.followed.connect(self.show_entry)
        view.bar.filter_edited.connect(self._set_filter)
        view.bar.left.connect(self._on_bar_left)
        view.show_all.clicked.connect(self._on_show_all_clicked)
        view.entries.current_changed.connect(self._look_at)
        view.entries.moved.connect(self._on_list_moved)
        view.entries.pictures_dropped.connect(self.pictures.add)
        view.card.tags.word_clicked.connect(self._on_tag_clicked)
        view.card.text.reading_chosen.connect(self._on_reading_chosen)
        view.card.try_asked.connect(self._open_try)
        view.empty.first_step_asked.connect(partial(self._actions.new, EntryKind.CHARACTER))
        view.empty.second_step_asked.connect(partial(context.actions.trigger, _SAMPLE))
        self.inspector.draw_asked.connect(self._actions.draw)
        self._actions.made.connect(self._on_actions_made)
        self.imports.imported.connect(self._on_imports_imported)
        self.imports.no_card.connect(self._on_imports_no_card)
        context.actions.shortcuts_changed.connect(self._show_keys)
        context.project.named.connect(self._show_read_only)

    # ---- slots -------------------------------------------------------------------------------

    def _on_bible_changed(self, before: Bible | None) -> None:
        if before is None:
            self._show_project()
            return
        row, entry_id = self._row, self.shown.entry_id
        if entry_id and self.entries.get(entry_id) is None:
            rows = [each for each in self.view.entries.entries.rows if self.entries.get(each.id)]
            self._look_at(rows[min(row, len(rows) - 1)].id if rows else "")
        elif not entry_id and len(self.entries.bible) == 1:
            self._look_at(self.entries.bible.entries[0].id)
        else:
            self.shown.refresh()
        self._show_list()

    def _on_uses_changed(self) -> None:
        self.view.entries.set_marks(self.uses.marks)

    def _on_bar_left(self) -> None:
        rows = self.view.entries.entries.rows
        if rows and self.view.entries.entries.row_of(self.shown.entry_id) < 0:
            self.view.entries.look_at(rows[0].id)
        self.focus_first()

    def _on_show_all_clicked(self) -> None:
        self._set_filter(Filter())
        self.focus_first()

    def _on_list_moved(self, ids: list[str], row: int) -> None:
        self._actions.move(ids, self.view.entries.entries.rows, row)

    def _on_tag_clicked(self, tag: str) -> None:
        self._set_filter(replace(self._filter, tag=tag))

    def _on_reading_chosen(self, on: bool) -> None:
        self._keep(replace(self._state, reading=on))

    def _open_try(self) -> None:
        if self._try is None:
            self._try = TryDialog(
                lambda: self.entries.bible,
                self._context.background,
                self._context.bible_meanings,
                self,
            )
            self._try.followed.connect(self.show_entry)
        self._try.look()
        self._try.show()

    def _on_actions_made(self, entry_id: str, to_name: bool) -> None:
        self.show_entry(entry_id)
        if to_name:
            self.shown.name()

    def _on_imports_imported(self, ids: list[str]) -> None:
        self._set_filter(Filter())
        self.show_entry(ids[0])

    def _on_imports_no_card(self, path: str) -> None:
        """A picture that was dropped and is no card becomes one of the entry's."""
        if self.shown.entry_id:
            self.pictures.add(self.shown.entry_id, [path])
        else:
            text = self.tr("“{name}” is a picture without a character card.")
            self.view.notice.tell(text.format(name=Path(path).name))

    def _takes(self, mime: QMimeData, source: QObject | None) -> bool:
        return self.entries.read_only is None and any(map(is_offered, local_paths(mime)))

    def _on_dropped(self, mime: QMimeData) -> None:
        paths = [path for path in local_paths(mime) if is_offered(path)]
        self.imports.read([path for path in paths if can_be_bible(path)])
        pictures = [path for path in paths if not can_be_bible(path)]
        if pictures and self.shown.entry_id:
            self.pictures.add(self.shown.entry_id, pictures)

    # ---- Qt ----------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        self.view.card.head.finish_name()
        self.typing.flush()
        super().hideEvent(event)
