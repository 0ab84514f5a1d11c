"""Tens of thousands of pictures in justified rows, of which only the visible ones are touched."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent

from studio import theme
from studio.widgets.justified_rows import JustifiedRows, fitted
from studio.widgets.picture_area import RIGHT_MARGIN, PictureArea
from studio.widgets.picture_cell import CellLook, paint_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from studio.widgets.grid_plan import Box
    from studio.widgets.picture_item import PictureItem
    from studio.widgets.thumbnail_loader import ThumbnailLoader

    Fetch = Callable[[Sequence[str]], Mapping[str, PictureItem]]

_MOST_ITEMS = 4000  # kept in memory; some screens full
_SMALLEST, _LARGEST = 80, 480  # height of a row in pixels


class PictureWall(PictureArea):
    """`fetch` gives the items of the keys that come into view; one may be missing."""

    def __init__(
        self, name: str, loader: ThumbnailLoader, fetch: Fetch, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._loader, self._fetch = loader, fetch
        self._keys: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._aspects: Sequence[float] = array("d")
        self._items: dict[str, PictureItem] = {}
        self._marks: Mapping[str, str] = {}
        self._chosen: frozenset[str] = frozenset()
        self._row_height = 150
        self._rows = JustifiedRows((), 1, 1)
        # It paints every pixel itself, so that scrolling moves what is there.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        loader.loaded.connect(self._on_loader_told)
        loader.failed.connect(self._on_loader_told)

    # ---- content -----------------------------------------------------------------------------

    def set_pictures(
        self, keys: Sequence[str], aspects: Sequence[float], *, stay: bool = False
    ) -> None:
        """Shows these (width over height of each), from the top, or `stay`s where one is.

        What is still there stays chosen.
        """
        key, offset = self._anchor() if stay else ("", 0)
        before = (self._selection.current, self._chosen)
        self._keys, self._aspects = tuple(keys), aspects
        self._places = {key: index for index, key in enumerate(self._keys)}
        self._items.clear()
        self._selection.set_order(self._keys)
        self._lay_out()
        self.verticalScrollBar().setValue(self._top_of(key) + offset if key in self._places else 0)
        if (self._selection.current, frozenset(self._selection.chosen)) != before:
            self._tell_selection()
        self._want()

    def refresh_items(self) -> None:
        """Fetches what is visible anew: stars may have changed."""
        self._items.clear()
        self.viewport().update()

    def set_row_height(self, pixels: int) -> None:
        """About how high a row is, 80 to 480 pixels."""
        height = min(_LARGEST, max(_SMALLEST, pixels))
        if height != self._row_height:
            self._row_height = height
            self._lay_out_in_place()

    def set_marks(self, marks: Mapping[str, str]) -> None:
        """Letters on pictures, by key."""
        self._marks = marks
        self.viewport().update()

    # ---- selection ---------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """The keys of the chosen pictures, in their order."""
        return self._selection.chosen

    def current(self) -> PictureItem | None:
        return self._item(self._selection.current)

    def position(self) -> tuple[int, int]:
        """Which of how many pictures is current, counted from 1; (0, n) for none."""
        return self._places.get(self._selection.current, -1) + 1, len(self._keys)

    # ---- inside ------------------------------------------------------------------------------

    def _item(self, key: str) -> PictureItem | None:
        if key in self._places and key not in self._items:
            self._items.update(self._fetch([key]))
        return self._items.get(key)

    def _lay_out(self) -> None:
        width = max(1, self.width() - RIGHT_MARGIN)
        self._rows = JustifiedRows(self._aspects, width, self._row_height)
        bar, height = self.verticalScrollBar(), max(1, self.viewport().height())
        bar.setPageStep(height)
        bar.setSingleStep(max(16, self._row_height // 3))
        bar.setRange(0, max(0, round(self._rows.height) - height))
        self.viewport().update()

    def _lay_out_in_place(self) -> None:
        key, offset = self._anchor()
        self._lay_out()
        if key:
            self.verticalScrollBar().setValue(self._top_of(key) + offset)
        self._want()

    def _anchor(self) -> tuple[str, int]:
        """The picture at the upper left corner and how far its row is scrolled out."""
        top = self.verticalScrollBar().value()
        if not top or not len(self._rows):
            return "", 0
        index, box = self._rows.row(self._rows.row_at(top))[0]
        return self._keys[index], round(top - box.top)

    def _top_of(self, key: str) -> int:
        return round(self._rows.box(self._places[key]).top)

    def _visible(self, before: int = 0, after: int = 0) -> list[tuple[int, Box]]:
        """The cells on the screen, and of so many pixels above and below it."""
        top = self.verticalScrollBar().value()
        return self._rows.between(top - before, top + self.viewport().height() + after)

    def _load_items(self, cells: Sequence[tuple[int, Box]]) -> None:
        missing = [key for index, _ in cells if (key := self._keys[index]) not in self._items]
        if missing:
            if len(self._items) > _MOST_ITEMS:
                self._items.clear()
                missing = [self._keys[index] for index, _ in cells]
            self._items.update(self._fetch(missing))

    def _want(self) -> None:
        """Asks for the pictures on the screen, then for those of the next one."""
        page = self.viewport().height()
        visible = self._visible()
        around = self._visible(page // 2, page)
        self._load_items(around)
        wishes = []
        for index, box in dict.fromkeys((*visible, *around)):
            if item := self._items.get(self._keys[index]):
                wishes.append((item.path, self._pixels(box)))
        self._loader.want(wishes)

    def _pixels(self, box: Box) -> QSize:
        return (QRectF(0, 0, box.width, box.height).size() * self.devicePixelRatioF()).toSize()

    def _rectangle(self, box: Box) -> QRect:
        top = self.verticalScrollBar().value()
        return QRect(int(box.left), int(box.top) - top, int(box.width), int(box.height))

    def _paint(self, painter: QPainter, key: str, box: Box) -> None:
        cell = self._rectangle(box)
        item = self._items.get(key)
        image: QImage | None = None
        if item:
            image = self._loader.image(item.path, self._pixels(box))
            image = image or self._loader.nearest(item.path)
        if image:
            # One that the camera held sideways has another shape than its file says.
            cell = self._rectangle(fitted(box, image.width() / image.height()))
        look = CellLook(
            note=self._note(item),
            starred=item is not None and item.starred,
            chosen=key in self._chosen,
            focused=self.hasFocus() and key == self._selection.current,
            mark=self._marks.get(key, ""),
        )
        paint_cell(painter, QRectF(cell), image, look)

    def _note(self, item: PictureItem | None) -> str:
        if item is None or item.note:
            return item.note if item else ""
        broken = self._loader.is_broken(item.path)
        return self.tr("This file cannot be read any more") if broken else ""

    def _on_loader_told(self, path: str) -> None:
        for index, box in self._visible():
            item = self._items.get(self._keys[index])
            if item and item.path == path:
                self.viewport().update(self._rectangle(box))

    # ---- of the area -------------------------------------------------------------------------

    def _key_at(self, point: QPointF) -> str:
        y = point.y() + self.verticalScrollBar().value()
        for index, box in self._rows.between(y, y + 1):
            if box.holds(point.x(), y):
                return self._keys[index]
        return ""

    def _moved(self, key: Qt.Key) -> str:
        if key not in _MOVES or not self._keys:
            return ""
        last = len(self._keys) - 1
        here = self._places.get(self._selection.current)
        if key == Qt.Key.Key_End:
            return self._keys[last]
        if here is None or key == Qt.Key.Key_Home:
            return self._keys[0]
        if sideways := _SIDEWAYS.get(key):
            return self._keys[min(last, max(0, here + sideways))]
        page = max(1, self.viewport().height() // (self._row_height + 12))
        rows = _ROWS[key] * (page if key in _PAGES else 1)
        return self._keys[self._rows.above_or_below(here, rows)]

    def _name_of(self, key: str) -> str:
        item = self._item(key)
        return item.name if item else ""

    def _paths_of(self, keys: tuple[str, ...]) -> list[str]:
        missing = [key for key in keys if key not in self._items]
        items = {**self._items, **(self._fetch(missing) if missing else {})}
        return [items[key].path for key in keys if key in items]

    def _drag_image(self, path: str) -> QImage | None:
        return self._loader.nearest(path)

    def _show_current(self) -> None:
        place = self._places.get(self._selection.current)
        if place is None:
            return
        box, bar, height = self._rows.box(place), self.verticalScrollBar(), self.viewport().height()
        if box.top < bar.value():
            bar.setValue(int(box.top))
        elif box.top + box.height > bar.value() + height:
            bar.setValue(round(box.top + min(box.height, height) - height))

    def _tell_selection(self) -> None:
        self._chosen = frozenset(self._selection.chosen)
        super()._tell_selection()

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        exposed = event.rect()
        painter.fillRect(exposed, theme.colour("bg"))
        top = self.verticalScrollBar().value()
        cells = self._rows.between(exposed.top() + top, exposed.bottom() + 1 + top)
        self._load_items(cells)
        for index, box in cells:
            if self._rectangle(box).intersects(exposed):
                self._paint(painter, self._keys[index], box)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_in_place()


_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ROWS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}
_MOVES = (*_SIDEWAYS, *_ROWS, Qt.Key.Key_Home, Qt.Key.Key_End)
