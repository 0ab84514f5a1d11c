"""What every tool of the canvas is, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from studio.canvas.canvas import Canvas
    from studio.canvas.composite import Composite
    from studio.canvas.options import ToolOptions
    from studio.canvas.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Pointer:
    """A mouse or pen: where it is on the canvas, in pixels, and how hard it presses (0 to 1)."""

    at: QPointF
    pressure: float = 1.0
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def constrained(self) -> bool:
        """Shift: square, round, straight, or in proportion."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)


class Bench(Protocol):
    """What a tool works with: the open canvas, the settings and the screen."""

    @property
    def canvas(self) -> Canvas: ...

    @property
    def composite(self) -> Composite: ...

    @property
    def options(self) -> ToolOptions: ...

    @property
    def viewport(self) -> Viewport: ...

    def set_options(self, **changes: object) -> None:
        """Gives options other values."""

    def repaint_tool(self) -> None:
        """What `Tool.paint` draws is another now."""

    def pan(self, way: QPointF) -> None:
        """Moves what is looked at, by pixels of the canvas."""


class Tool:
    """One way of working on the canvas. Each method may be left as it is.

    A drag is `press`, any number of `move`s and `release`; `cancel` ends it in between and takes
    back what it did. `key` is asked before the canvas's own keys and says whether it used the key.
    """

    cursor = Qt.CursorShape.CrossCursor
    round = False
    """Whether the cursor is a circle of the brush's size."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    @property
    def underway(self) -> bool:
        """Whether something was begun that Esc would give up, also between two clicks."""
        return False

    def press(self, pointer: Pointer) -> None: ...

    def move(self, pointer: Pointer) -> None: ...

    def hover(self, pointer: Pointer) -> None: ...

    def release(self, pointer: Pointer) -> None: ...

    def double_click(self, pointer: Pointer) -> None: ...

    def cancel(self) -> None: ...

    def key(self, event: QKeyEvent) -> bool:
        return False

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draws what is under way, in device pixels of the window."""
