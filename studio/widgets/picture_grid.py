"""Pictures in sections, newest first: chosen by mouse and keyboard, dragged, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent

from studio.widgets.grid_heading import paint_heading
from studio.widgets.grid_pictures import GridPictures
from studio.widgets.grid_plan import Box, Move, Plan, moved, plan
from studio.widgets.picture_area import RIGHT_MARGIN, PictureArea
from studio.widgets.picture_cell import CellLook, paint_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from studio.widgets.picture_item import PictureItem, PictureSection
    from studio.widgets.picture_loader import PictureLoader


class PictureGrid(PictureArea):
    """Shows `PictureSection`s. Cells without a file cannot be chosen.

    Signals:
        keep_asked: K was pressed.
        section_shown: the section at the upper edge is another one now.
    """

    keep_asked = Signal()
    section_shown = Signal(str)

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._loader = loader
        self._sections: tuple[PictureSection, ...] = ()
        self._items: dict[str, PictureItem] = {}
        self._pictures = GridPictures(loader)
        self._plan: Plan = plan((), 1, 1)
        self._shown_section = ""
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(32)
        self.verticalScrollBar().valueChanged.connect(self._on_bar_moved)
        loader.loaded.connect(self._on_loader_told)
        loader.failed.connect(self._on_loader_told)

    # ---- content -----------------------------------------------------------------------------

    def set_sections(self, sections: Sequence[PictureSection]) -> None:
        """Shows these, the first at the top; what stays keeps its selection."""
        self._sections = tuple(section for section in sections if section.items)
        self._items = {item.key: item for section in self._sections for item in section.items}
        self._pictures.keep_only(self._items)
        before = (self._selection.current, self._selection.chosen)
        self._selection.set_order([key for key, item in self._items.items() if item.path])
        self._lay_out()
        if (self._selection.current, self._selection.chosen) != before:
            self._tell_selection()

    def update_item(self, item: PictureItem) -> None:
        """Shows another note or fraction in a cell that stays where it is."""
        self._items[item.key] = item
        self._update_cell(item.key)

    def set_preview(self, key: str, image: QImage) -> None:
        """Shows a rough picture in a cell that has no file yet."""
        if key in self._items and not self._items[key].path:
            self._pictures.set_preview(key, image)
            self._update_cell(key)

    # ---- selection ---------------------------------------------------------------------------

    def chosen(self) -> tuple[PictureItem, ...]:
        return tuple(self._items[key] for key in self._selection.chosen)

    def current(self) -> PictureItem | None:
        return self._items.get(self._selection.current)

    def position(self) -> tuple[int, int]:
        """Which of how many finished pictures is current, counted from 1; (0, n) for none."""
        ready = self._ready()
        here = self._selection.current
        return (ready.index(here) + 1 if here in ready else 0), len(ready)

    def scroll_to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    # ---- inside ------------------------------------------------------------------------------

    def _ready(self) -> list[str]:
        return [key for key, item in self._items.items() if item.path]

    def _lay_out(self) -> None:
        width, height = max(1, self.width() - RIGHT_MARGIN), max(1, self.viewport().height())
        self._plan = plan(self._sections, width, height)
        bar = self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setRange(0, max(0, round(self._plan.height) - height))
        self._tell_section()
        self.viewport().update()

    def _cell(self, key: str) -> QRectF:
        """On the viewport, on whole pixels so that edges are sharp."""
        return _rectangle(self._plan.cells[key]).translated(0, -self.verticalScrollBar().value())

    def _update_cell(self, key: str) -> None:
        if key in self._plan.cells:
            self.viewport().update(self._cell(key).toAlignedRect())

    def _key_at(self, point: QPointF) -> str:
        y = point.y() + self.verticalScrollBar().value()
        for key, box in self._plan.cells.items():
            if box.holds(point.x(), y):
                return key if self._items[key].path else ""
        return ""

    def _show_current(self) -> None:
        box = self._plan.cells.get(self._selection.current)
        if box is None:
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if box.top < bar.value():
            bar.setValue(int(box.top))
        elif box.top + box.height > bar.value() + height:
            bar.setValue(round(box.top + min(box.height, height) - height))

    def _tell_section(self) -> None:
        top = self.verticalScrollBar().value()
        begun = [key for key, y in self._plan.tops.items() if y <= top]
        shown = begun[-1] if begun else ""
        if shown != self._shown_section:
            self._shown_section = shown
            self.section_shown.emit(shown)

    def _moved(self, key: Qt.Key) -> str:
        move = _MOVES.get(key)
        if move is None:
            return ""
        return moved(self._plan.cells, self._ready(), self._selection.current, move)

    def _name_of(self, key: str) -> str:
        return self._items[key].name

    def _paths_of(self, keys: tuple[str, ...]) -> list[str]:
        return [self._items[key].path for key in keys]

    def _drag_image(self, path: str) -> QImage | None:
        return self._loader.nearest(path)

    def _on_bar_moved(self) -> None:
        self._tell_section()
        self.viewport().update()

    def _on_loader_told(self, path: str) -> None:
        for key, item in self._items.items():
            if item.path == path:
                self._update_cell(key)

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        chosen = set(self._selection.chosen)
        for section in self._sections:
            if section.key in self._plan.headings:
                heading = _rectangle(self._plan.headings[section.key]).translated(0, -top)
                paint_heading(painter, heading, section)
            for item in (self._items[each.key] for each in section.items):
                cell = self._cell(item.key)
                if not cell.intersects(QRectF(event.rect())):
                    continue
                look = CellLook(
                    caption=item.caption,
                    note=self._pictures.note(item),
                    fraction=item.fraction,
                    starred=item.starred,
                    warned=item.warned,
                    chosen=item.key in chosen,
                    focused=self.hasFocus() and item.key == self._selection.current,
                )
                pixels = (cell.size() * self.devicePixelRatioF()).toSize()
                paint_cell(painter, cell, self._pictures.picture(item, pixels), look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_K and not control:
            self.keep_asked.emit()
        else:
            super().keyPressEvent(event)


_MOVES: dict[Qt.Key, Move] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
}


def _rectangle(box: Box) -> QRectF:
    left, top = round(box.left), round(box.top)
    right, bottom = round(box.left + box.width), round(box.top + box.height)
    return QRectF(QRect(left, top, right - left, bottom - top))
