"""Steps that can be undone: of the canvas as a whole, and of pixels."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from studio.canvas.packed import Packed
from studio.canvas.tiling import TILE, Index, tile_rect
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.canvas.layer import CanvasState
    from studio.canvas.plane import Plane


class Edit(Protocol):
    """One step. `name` is its text before translation (context "Edits").

    `undo` and `redo` are called in turn, each on the canvas as the other left it, and never while
    the canvas is busy. `nbytes` is what the step holds; it may shrink while it is packed.
    """

    @property
    def name(self) -> str: ...

    @property
    def nbytes(self) -> int: ...

    def undo(self, canvas: Canvas) -> None: ...

    def redo(self, canvas: Canvas) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class StateEdit:
    """One state of the canvas in place of another. The planes in them are shared, not copied."""

    name: str
    before: CanvasState
    after: CanvasState

    @property
    def nbytes(self) -> int:
        """The planes that only one of the two states has."""
        old, new = set(self.before.planes), set(self.after.planes)
        return sum(plane.nbytes for plane in old ^ new)

    def undo(self, canvas: Canvas) -> None:
        canvas.replace(self.before)

    def redo(self, canvas: Canvas) -> None:
        canvas.replace(self.after)

    def merged(self, later: Edit) -> StateEdit | None:
        """Both as one step, for a value that is dragged; None if they have not the same name."""
        if not isinstance(later, StateEdit) or later.name != self.name:
            return None
        return StateEdit(self.name, self.before, later.after)


@dataclass(frozen=True, slots=True, eq=False)
class InvertEdit:
    """The mask inverted: the same again takes it back."""

    nbytes: int = 0
    name: str = QT_TRANSLATE_NOOP("Edits", "Invert mask")

    def undo(self, canvas: Canvas) -> None:
        self.redo(canvas)

    def redo(self, canvas: Canvas) -> None:
        plane = canvas.state.mask.plane
        plane.fill = 255 - plane.fill
        for index in list(plane.tiles):
            plane.writable(index).invertPixels()
        plane.mips.clear()
        plane.version += 1
        plane.unsaved |= set(plane.tiles)
        canvas.report(canvas.state.rect)


@dataclass(frozen=True, slots=True)
class TileDelta:
    """What changed in one tile. `before` or `after` is None where there was, or is, no tile."""

    index: Index
    part: QRect
    before: Packed | None
    after: Packed | None

    @property
    def nbytes(self) -> int:
        return sum(packed.nbytes for packed in (self.before, self.after) if packed is not None)


@dataclass(frozen=True, slots=True, eq=False)
class PixelsEdit:
    """Pixels of one layer, as packed tiles before and after."""

    name: str
    layer_id: str
    deltas: tuple[TileDelta, ...]

    @property
    def nbytes(self) -> int:
        return sum(delta.nbytes for delta in self.deltas)

    def undo(self, canvas: Canvas) -> None:
        self._put(canvas, [(delta, delta.before) for delta in self.deltas])

    def redo(self, canvas: Canvas) -> None:
        self._put(canvas, [(delta, delta.after) for delta in self.deltas])

    def _put(self, canvas: Canvas, changes: list[tuple[TileDelta, Packed | None]]) -> None:
        layer = canvas.state.layer(self.layer_id)
        changed = QRect()
        for delta, packed in changes:
            if packed is None:
                layer.plane.put(delta.index, None)
            else:
                _draw(layer.plane, delta, packed.image())
            place = tile_rect(delta.index).topLeft()
            changed = changed.united(delta.part.translated(place))
        canvas.report(changed.translated(layer.offset))


def _draw(plane: Plane, delta: TileDelta, image: QImage) -> None:
    painter = QPainter(plane.writable(delta.index))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(delta.part.topLeft(), image)
    painter.end()
    plane.touched(delta.index, delta.part)


@dataclass(slots=True)
class Recorder:
    """Notes tiles before they change, and makes a step of what changed in them.

    Call `before` with each tile ahead of the first change to it and `touched` after each change.
    """

    plane: Plane
    old: dict[Index, QImage | None] = field(default_factory=dict)
    parts: dict[Index, QRect] = field(default_factory=dict)

    def before(self, index: Index) -> QImage | None:
        """The tile as it was when it was first named; None where there was none."""
        if index not in self.old:
            tile = self.plane.tiles.get(index)
            self.old[index] = None if tile is None else QImage(tile)
        return self.old[index]

    def touched(self, index: Index, part: QRect) -> QRect:
        """Passes the change on to the plane; returns where it lies there."""
        self.parts[index] = self.parts.get(index, QRect()).united(part)
        self.plane.touched(index, part)
        return part.translated(tile_rect(index).topLeft())

    def put(self, index: Index, image: QImage | None) -> None:
        """Replaces a whole tile."""
        self.before(index)
        self.parts[index] = QRect(0, 0, TILE, TILE)
        self.plane.put(index, image)

    def revert(self) -> None:
        """Everything as it was."""
        for index in self.parts:
            self.plane.put(index, self.old[index])
        self.parts.clear()

    def finish(self, name: str, layer_id: str) -> PixelsEdit | None:
        """None where nothing is different after all."""
        steps = self.finishing(name, layer_id)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                edit: PixelsEdit | None = end.value
                return edit

    def finishing(self, name: str, layer_id: str) -> Generator[None, None, PixelsEdit | None]:
        """`finish` in slices, for hundreds of tiles."""
        deltas = []
        for index, part in self.parts.items():
            delta = self._delta(index, part)
            if delta is not None:
                deltas.append(delta)
            yield
        return PixelsEdit(name, layer_id, tuple(deltas)) if deltas else None

    def _delta(self, index: Index, part: QRect) -> TileDelta | None:
        old, new = self.old[index], self.plane.tiles.get(index)
        if old == new:
            return None
        if old is None or new is None:
            part = QRect(0, 0, TILE, TILE)
        return TileDelta(
            index,
            part,
            None if old is None else Packed(old, part),
            None if new is None else Packed(new, part),
        )
