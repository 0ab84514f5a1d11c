"""Pictures in sections, newest first: chosen by mouse and keyboard, dragged, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDrag,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from studio import theme
from studio.widgets.grid_heading import paint_heading
from studio.widgets.grid_pictures import GridPictures
from studio.widgets.grid_plan import Box, Move, Plan, moved, plan
from studio.widgets.picture_cell import CellLook, paint_cell
from studio.widgets.picture_mime import files_mime
from studio.widgets.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.widgets.picture_item import PictureItem, PictureSection
    from studio.widgets.picture_loader import PictureLoader

RIGHT_MARGIN = 24  # of the grid's own width: the scroll bar moves in it, the cells do not
_DRAG_SIDE = 96
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PictureGrid(QAbstractScrollArea):
    """Shows `PictureSection`s. Cells without a file cannot be chosen.

    Signals:
        selection_changed: other pictures are chosen now, or another is current.
        opened: the person wants to see the current picture large.
        keep_asked: K was pressed.
        menu_asked: a menu for the chosen pictures is wanted at this global point.
        section_shown: the section at the upper edge is another one now.
    """

    selection_changed = Signal()
    opened = Signal()
    keep_asked = Signal()
    menu_asked = Signal(QPoint)
    section_shown = Signal(str)

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._loader = loader
        self._sections: tuple[PictureSection, ...] = ()
        self._items: dict[str, PictureItem] = {}
        self._pictures = GridPictures(loader)
        self._plan: Plan = plan((), 1, 1)
        self._selection = Selection()
        self._shown_section = ""
        self._pressed: QPoint | None = None
        self._collapse_to = ""
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(32)
        self.verticalScrollBar().valueChanged.connect(self._on_bar_moved)
        loader.loaded.connect(self._on_loader_told)
        loader.failed.connect(self._on_loader_told)
        theme.current().changed.connect(self.viewport().update)

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

    def choose(self, key: str) -> None:
        """Chooses this picture alone and shows it."""
        self._selection.choose(key)
        self._show_current()
        self._tell_selection()

    def step(self, by: int) -> None:
        """Chooses the next (1) or previous (-1) finished picture."""
        if target := self._moved("right" if by > 0 else "left"):
            self.choose(target)

    def select_all(self) -> None:
        self._selection.choose_all()
        self._tell_selection()

    def clear_selection(self) -> None:
        self._selection.clear()
        self._tell_selection()

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

    def _tell_selection(self) -> None:
        item = self.current()
        self.setAccessibleDescription(item.name if item else "")
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        self.viewport().update()
        self.selection_changed.emit()

    def _tell_section(self) -> None:
        top = self.verticalScrollBar().value()
        begun = [key for key, y in self._plan.tops.items() if y <= top]
        shown = begun[-1] if begun else ""
        if shown != self._shown_section:
            self._shown_section = shown
            self.section_shown.emit(shown)

    def _moved(self, move: Move) -> str:
        return moved(self._plan.cells, self._ready(), self._selection.current, move)

    def _drag(self) -> None:
        paths = [item.path for item in self.chosen()]
        drag = QDrag(self)
        drag.setMimeData(files_mime(paths))
        if image := self._loader.nearest(paths[0]):
            side = QSize(_DRAG_SIDE, _DRAG_SIDE)
            small = image.scaled(side, Qt.AspectRatioMode.KeepAspectRatio)
            drag.setPixmap(QPixmap.fromImage(small))
        drag.exec(Qt.DropAction.CopyAction)

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
                    chosen=item.key in chosen,
                    focused=self.hasFocus() and item.key == self._selection.current,
                )
                pixels = (cell.size() * self.devicePixelRatioF()).toSize()
                paint_cell(painter, cell, self._pictures.picture(item, pixels), look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and key in _OPENS and self.current():
            self.opened.emit()
        elif plain and key == Qt.Key.Key_K:
            self.keep_asked.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif key in _MOVES and (target := self._moved(_MOVES[key])):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._selection.extend(target)
            else:
                self._selection.choose(target)
            self._show_current()
            self._tell_selection()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position())
        self._pressed, self._collapse_to = None, ""
        if not key:
            if event.button() == Qt.MouseButton.LeftButton:
                self.clear_selection()
            return
        modifiers = event.modifiers()
        if event.button() == Qt.MouseButton.RightButton:
            if key not in self._selection.chosen:
                self._selection.choose(key)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(key)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.extend(key)
        elif key in self._selection.chosen and len(self._selection.chosen) > 1:
            self._collapse_to = key  # on release: until then it may become a drag of all of them
        else:
            self._selection.choose(key)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        self._tell_selection()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not self._selection.chosen:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed, self._collapse_to = None, ""
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._collapse_to:
            self._selection.choose(self._collapse_to)
            self._tell_selection()
        self._pressed, self._collapse_to = None, ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._key_at(event.position()):
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.chosen():
            self.menu_asked.emit(event.globalPos())


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
