"""The list of entries: thousands of them without a widget for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from studio.panels.bible.entry_delegate import EntryDelegate, thumbnail_size
from studio.panels.bible.entry_model import AnyIndex, EntryModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QPaintEvent

    from studio.document.bible.entry import Entry
    from studio.panels.bible.entry_model import Mark
    from studio.widgets.thumbnail_loader import ThumbnailLoader

_Flag = QItemSelectionModel.SelectionFlag


class EntryList(QListView):
    """Arrows go from entry to entry; Ctrl and Shift choose several.

    Signals:
        current_changed: another entry is looked at, by its id, "" for none.
        moved: entries were dragged: their ids, and the row that they are to stand before.
        pictures_dropped: picture files were dropped on an entry: its id and their paths.
        menu_asked: the menu is wanted at this place of the screen.
    """

    current_changed = Signal(str)
    moved = Signal(object, int)
    pictures_dropped = Signal(str, object)
    menu_asked = Signal(QPoint)

    def __init__(
        self, name: str, thumbnails: ThumbnailLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._current = ""
        self._is_filling = False
        self.entries = EntryModel(self)
        self.setAccessibleName(name)
        self.setProperty("kind", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(EntryDelegate(thumbnails, self))
        self.setModel(self.entries)
        self._wanting = QTimer(self, singleShot=True, interval=0)
        self._wanting.timeout.connect(self._want_portraits)
        thumbnails.loaded.connect(self._on_thumbnails_loaded)
        self.entries.moved.connect(self.moved)
        self.entries.pictures_dropped.connect(self.pictures_dropped)

    # ---- showing -----------------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry], current: str) -> None:
        """Shows these and looks at `current`, without a signal; what is still there stays chosen.

        Where `current` is not among them, nothing is looked at.
        """
        chosen = set(self.chosen())
        self._is_filling = True
        try:
            if self.entries.set_rows(entries):
                for entry_id in chosen:
                    self._select(entry_id, _Flag.Select)
            self._current = current
            if self._row_of_current() != self.entries.row_of(current):
                flag = _Flag.NoUpdate if current in chosen else _Flag.ClearAndSelect
                self._select(current, flag, make_current=True)
        finally:
            self._is_filling = False
        self._wanting.start()

    def look_at(self, entry_id: str) -> None:
        """Looks at one entry and chooses it alone."""
        self._select(entry_id, _Flag.ClearAndSelect, make_current=True)
        self.scrollTo(self.currentIndex())

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        self.entries.set_marks(marks)

    def chosen(self) -> list[str]:
        """The ids of what is chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.entries.rows[row].id for row in rows]

    def _row_of_current(self) -> int:
        return self.currentIndex().row()

    def _select(self, entry_id: str, flag: _Flag, make_current: bool = False) -> None:
        row = self.entries.row_of(entry_id)
        index = self.entries.index(row) if row >= 0 else QModelIndex()
        if make_current:
            self.selectionModel().setCurrentIndex(index, flag)
        elif row >= 0:
            self.selectionModel().select(index, flag)

    def _want_portraits(self) -> None:
        size = thumbnail_size(self.devicePixelRatioF())
        first = max(0, self.indexAt(QPoint(8, 0)).row())
        end = self.indexAt(QPoint(8, self.viewport().height() - 1)).row()
        last = end + 1 if end >= 0 else len(self.entries.rows)
        shown = self.entries.rows[first:last]
        self._thumbnails.want((entry.portrait, size) for entry in shown if entry.portrait)

    def _on_thumbnails_loaded(self) -> None:
        self.viewport().update()

    # ---- Qt ----------------------------------------------------------------------------------

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if self._is_filling:
            return
        row = current.row()
        entry_id = self.entries.rows[row].id if 0 <= row < len(self.entries.rows) else ""
        if entry_id != self._current:
            self._current = entry_id
            self.current_changed.emit(entry_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._wanting.start()
        super().paintEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.currentIndex().isValid():
            self.menu_asked.emit(event.globalPos())
