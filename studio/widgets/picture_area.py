"""A scroll area whose pictures are chosen by mouse and keyboard, dragged and opened."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDrag,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from studio import theme
from studio.widgets.picture_mime import files_mime
from studio.widgets.selection import Selection

RIGHT_MARGIN = 24  # of the area's own width: the scroll bar moves in it, the cells do not
_DRAG_SIDE = 96
_DRAG_GAP = 8
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PictureArea(QAbstractScrollArea):
    """What every view of many pictures does alike; a subclass says where each picture lies.

    Signals:
        selection_changed: other pictures are chosen now, or another is current.
        opened: the person wants to see the current picture large.
        menu_asked: a menu for the chosen pictures is wanted at this global point.
    """

    selection_changed = Signal()
    opened = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = Selection()
        self._pressed: QPoint | None = None
        self._collapse_to = ""
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.current().changed.connect(self.viewport().update)

    def choose(self, key: str) -> None:
        """Chooses this picture alone and shows it."""
        self._selection.choose(key)
        self._show_current()
        self._tell_selection()

    def step(self, by: int) -> None:
        """Chooses the next (1) or previous (-1) picture."""
        if target := self._moved(Qt.Key.Key_Right if by > 0 else Qt.Key.Key_Left):
            self.choose(target)

    def select_all(self) -> None:
        self._selection.choose_all()
        self._tell_selection()

    def clear_selection(self) -> None:
        self._selection.clear()
        self._tell_selection()

    # ---- for subclasses ----------------------------------------------------------------------

    def _key_at(self, point: QPointF) -> str:
        """The picture under a point of the viewport, "" for none."""
        raise NotImplementedError

    def _moved(self, key: Qt.Key) -> str:
        """Where a key leads from the current picture, "" where it is no movement."""
        raise NotImplementedError

    def _name_of(self, key: str) -> str:
        """What a screen reader says."""
        raise NotImplementedError

    def _paths_of(self, keys: tuple[str, ...]) -> list[str]:
        raise NotImplementedError

    def _drag_image(self, path: str) -> QImage | None:
        raise NotImplementedError

    def _show_current(self) -> None:
        """Scrolls to the current picture."""
        raise NotImplementedError

    def _tell_selection(self) -> None:
        current = self._selection.current
        self.setAccessibleDescription(self._name_of(current) if current else "")
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)
        self.viewport().update()
        self.selection_changed.emit()

    # ---- inside ------------------------------------------------------------------------------

    def _drag(self) -> None:
        paths = self._paths_of(self._selection.chosen)
        drag = QDrag(self)
        drag.setMimeData(files_mime(paths))
        if image := self._drag_image(paths[0]):
            side = QSize(_DRAG_SIDE, _DRAG_SIDE)
            small = image.scaled(side, Qt.AspectRatioMode.KeepAspectRatio)
            drag.setPixmap(QPixmap.fromImage(small))
            # Above the pointer: what it points at has to be seen.
            drag.setHotSpot(QPoint(small.width() // 2, small.height() + _DRAG_GAP))
        drag.exec(Qt.DropAction.CopyAction)

    # ---- Qt ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and key in _OPENS and self._selection.current:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif target := self._moved(key):
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
        chosen, modifiers = self._selection.chosen, event.modifiers()
        if event.button() == Qt.MouseButton.RightButton:
            if key not in chosen:
                self._selection.choose(key)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(key)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.extend(key)
        elif key in chosen and len(chosen) > 1:
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
        if self._selection.chosen:
            self.menu_asked.emit(event.globalPos())
