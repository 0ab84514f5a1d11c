"""What mouse, pen and keys do on the canvas: the tool's work, panning, the size of the brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent

from studio.canvas.tool_table import TOOLS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.canvas.tools.tool import Pointer
    from studio.canvas.workbench import Workbench

_HARDNESS_WAY = 300.0  # device pixels of an Alt-drag from hard to soft
_PANS = {
    Qt.Key.Key_Left: QPointF(64, 0),
    Qt.Key.Key_Right: QPointF(-64, 0),
    Qt.Key.Key_Up: QPointF(0, 64),
    Qt.Key.Key_Down: QPointF(0, -64),
}


class Hands:
    """Decides whether a drag is the tool's, pans, or (with Alt) sets size and hardness.

    `space` says whether the space bar is held down.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.space = False
        self.resting_point: QPointF | None = None
        """Where the cursor's circle stays while its size is dragged, in device pixels."""
        self._working = False
        self._panned: QPointF | None = None
        self._tuned: tuple[QPointF, float, float] | None = None
        self._turned = False
        bench.canvas.settling.connect(self._give_up_drag)

    @property
    def panning(self) -> bool:
        return self._panned is not None

    def press(self, pointer: Pointer, at: QPointF, button: Qt.MouseButton) -> None:
        """`at` is in device pixels of the window."""
        options = self._bench.options
        if button == Qt.MouseButton.MiddleButton or self.space:
            self._panned = at
        elif button != Qt.MouseButton.LeftButton:
            return
        elif self._bench.tool.round and pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            self._tuned = at, options.size, options.hardness
            self.resting_point = at
        elif not self._bench.canvas.busy:
            self._working = True
            self._bench.tool.press(pointer)

    def move(self, pointer: Pointer, at: QPointF) -> None:
        if self._panned is not None:
            way, self._panned = at - self._panned, at
            self._bench.viewport.move(way)
            self._bench.view_moved.emit()
        elif self._tuned is not None:
            start, size, hardness = self._tuned
            way = at - start
            # Twice: the circle's edge goes with the cursor.
            self._bench.set_options(
                size=round(size + 2 * way.x() / self._bench.viewport.zoom),
                hardness=round(hardness - way.y() / _HARDNESS_WAY, 2),
            )
        elif self._working:
            self._bench.tool.move(pointer)
        else:
            self._bench.tool.hover(pointer)

    def release(self, pointer: Pointer, button: Qt.MouseButton) -> None:
        if self._panned is not None:
            self._panned = None
        elif self._tuned is not None:
            self._tuned = self.resting_point = None
            self._bench.repaint_tool()
        elif self._working and button == Qt.MouseButton.LeftButton:
            self._working = False
            self._bench.tool.release(pointer)

    def double_click(self, pointer: Pointer) -> None:
        if not self._bench.canvas.busy and not self.space:
            self._bench.tool.double_click(pointer)

    def pen(self, event: QTabletEvent, pointer: Pointer, at: QPointF) -> None:
        """As the mouse does; the pen's other end erases."""
        if event.type() == QTabletEvent.Type.TabletPress:
            if event.pointingDevice().pointerType() == QPointingDevice.PointerType.Eraser:
                self._turn_round(True)
            self.press(pointer, at, event.button())
        elif event.type() == QTabletEvent.Type.TabletRelease:
            self.release(pointer, event.button())
            self._turn_round(False)
        else:
            self.move(pointer, at)

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether the key did something."""
        if event.key() == Qt.Key.Key_Escape:
            return self._give_up()
        if self._working:
            return True  # half a stroke with one tool and half with another is nobody's wish
        if self._bench.tool.key(event):
            return True
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain:
            return False
        if key == Qt.Key.Key_Space:
            self.space = True
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._bench.step_size(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key == Qt.Key.Key_X:
            self._bench.swap()
        elif key in _PANS:
            self._bench.viewport.move(_PANS[key])
            self._bench.view_moved.emit()
        else:
            letter = event.text().upper()
            found = next((spec for spec in TOOLS if spec.key and spec.key == letter), None)
            if found is None:
                return False
            self._bench.take(found.id)
        return True

    def _turn_round(self, turned: bool) -> None:
        if turned != self._turned and self._bench.spec.twin:
            self._turned = turned
            self._bench.swap()

    def _give_up(self) -> bool:
        """Ends what is under way; whoever holds the canvas hears of Esc only without any."""
        busy = self._bench.canvas.busy
        self._bench.canvas.cancel_work()
        if not self._working and not busy and not self._bench.tool.underway:
            return False
        self._give_up_drag()
        return True

    def _give_up_drag(self) -> None:
        self._working = False
        self._bench.tool.cancel()
