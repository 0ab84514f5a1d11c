"""How long from a mouse move to the painted region, on a canvas of 4,000 × 4,000 pixels.

For each brush the median and the longest time of 400 moves, then what 100 strokes hold for undo.
Run: python benchmarks/stroke.py
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

if TYPE_CHECKING:
    from studio.canvas.edits import PixelsEdit
    from studio.canvas.workbench import Workbench

SIDE = 4000
MOVES = 400
STROKES = 100
CASES = (
    ("mask_brush", 48, 1.0), ("mask_brush", 48, 0.0), ("mask_brush", 400, 0.0),
    ("mask_brush", 1000, 0.5), ("paint_brush", 48, 0.5), ("paint_brush", 400, 0.0),
)  # fmt: skip


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
    from PySide6.QtWidgets import QApplication

    from studio import theme
    from studio.canvas.canvas import Canvas
    from studio.canvas.history import CanvasHistory
    from studio.canvas.layer import CanvasState, new_layer
    from studio.canvas.plane import Plane
    from studio.canvas.view import CanvasView
    from studio.canvas.workbench import Workbench

    application = QApplication([])
    theme.current().set("dark")
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    gradient = QLinearGradient(0, 0, SIDE, SIDE)
    gradient.setColorAt(0, QColor("#223355"))
    gradient.setColorAt(1, QColor("#ddaa66"))
    painter.fillRect(image.rect(), gradient)
    painter.end()
    base = replace(new_layer("Base", Plane.from_image(image)), locked=True)
    canvas = Canvas(CanvasState(SIDE, SIDE, (base, new_layer("Paint"))))
    bench = Workbench(canvas)
    history = CanvasHistory(canvas)
    canvas.edited.connect(history.add)
    view = CanvasView(bench)
    view.resize(1140, 700)
    view.show()
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        application.processEvents()
    for zoom in ("fit", "100 %"):
        if zoom == "100 %":
            view.set_zoom(1.0)
            application.processEvents()
        for tool, size, hardness in CASES:
            bench.take(tool)
            bench.set_options(size=float(size), hardness=hardness)
            times = stroke(view, application)
            print(
                f"{zoom:6} {tool:12} {size:5} px, hardness {hardness:.1f}:"
                f" median {statistics.median(times):5.1f} ms, longest {max(times):5.1f} ms"
            )
    memory(bench, history)


def stroke(view: object, application: object) -> list[float]:
    """Draws a spiral with the real mouse events and paints after each; milliseconds."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(view, QWidget)
    assert isinstance(application, QApplication)
    times = []
    middle = view.rect().center()
    begun = time.perf_counter()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    application.processEvents()
    times.append((time.perf_counter() - begun) * 1000)
    for number in range(MOVES):
        turn = number / 12
        way = 12 + number * 0.7
        at = middle + QPoint(round(way * math.cos(turn)), round(way * math.sin(turn)))
        begun = time.perf_counter()
        QTest.mouseMove(view, at)
        application.processEvents()
        times.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    application.processEvents()
    times.append((time.perf_counter() - begun) * 1000)
    return times


def memory(bench: Workbench, history: object) -> None:
    """What 100 long strokes in colour hold for undo."""
    import psutil
    from PySide6.QtCore import QPointF

    from studio.canvas.history import CanvasHistory
    from studio.canvas.tools.tool import Pointer

    assert isinstance(history, CanvasHistory)
    bench.take("paint_brush")
    bench.set_options(size=120.0, hardness=0.5)
    process = psutil.Process()
    before = process.memory_info().rss
    edits: list[PixelsEdit] = []
    bench.canvas.edited.connect(edits.append)
    for number in range(STROKES):
        y = 100 + number * 37.0
        bench.tool.press(Pointer(QPointF(100, y)))
        for step in range(40):
            bench.tool.move(Pointer(QPointF(100 + step * 95, y + 60 * math.sin(step / 3))))
        bench.tool.release(Pointer(QPointF(3800, y)))
    for edit in edits:
        for delta in edit.deltas:
            for packed in (delta.before, delta.after):
                if packed is not None:
                    packed.wait()
    held = sum(edit.nbytes for edit in edits) / 2**20
    grown = (process.memory_info().rss - before) / 2**20
    print(f"{STROKES} strokes hold {held:.0f} MB for undo; the process grew by {grown:.0f} MB")
    print(f"the history holds {history.nbytes / 2**20:.0f} MB in {history.newest} steps")


if __name__ == "__main__":
    main()
