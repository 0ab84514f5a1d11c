"""What can be done with the whole mask, as a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from studio.canvas import mask_work
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas, Work
    from studio.canvas.workbench import Workbench

AmountWork = Callable[["Canvas", int], "Work"]

AMOUNTS = (1, 2, 4, 8, 16, 32, 64)
"""Pixels by which a mask is grown, shrunk or feathered."""

BY_PIXELS: tuple[tuple[str, str, AmountWork], ...] = (
    (
        QT_TRANSLATE_NOOP("Mask", "Grow"),
        QT_TRANSLATE_NOOP("Mask", "Make the mask wider"),
        mask_work.grow,
    ),
    (
        QT_TRANSLATE_NOOP("Mask", "Shrink"),
        QT_TRANSLATE_NOOP("Mask", "Make it narrower"),
        mask_work.shrink,
    ),
    (
        QT_TRANSLATE_NOOP("Mask", "Feather"),
        QT_TRANSLATE_NOOP("Mask", "Soften the edge, inward"),
        mask_work.feather,
    ),
)
"""Name, tip and work of what takes a number of pixels."""


class AmountMenu(QMenu):
    """By how many pixels."""

    def __init__(self, canvas: Canvas, name: str, work: AmountWork, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._canvas, self._work = canvas, work
        for px in AMOUNTS:
            action = self.addAction(self.tr("{count} px").format(count=px))
            action.triggered.connect(partial(self._do, px))

    def _do(self, px: int) -> None:
        self._canvas.work(self._work(self._canvas, px))


class MaskMenu(QMenu):
    """Everything; files and the clipboard are asked of the panel through the bench."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        canvas = bench.canvas
        self.addAction(self.tr("Invert")).triggered.connect(partial(mask_work.invert, canvas))
        for name, _, work in BY_PIXELS:
            title = QCoreApplication.translate("Mask", name)
            self.addMenu(AmountMenu(canvas, title, work, self))
        self.addAction(self.tr("Clear")).triggered.connect(self._on_clear_triggered)
        transparent = self.addAction(self.tr("Mask what is transparent"))
        transparent.triggered.connect(self._on_transparent_triggered)
        self.addSeparator()
        for text, signal in (
            (self.tr("Paste mask"), bench.paste_mask_asked),
            (self.tr("Load mask…"), bench.load_mask_asked),
            (self.tr("Save mask…"), bench.save_mask_asked),
        ):
            self.addAction(text).triggered.connect(signal)

    def _on_clear_triggered(self) -> None:
        self._bench.canvas.work(mask_work.clear(self._bench.canvas))

    def _on_transparent_triggered(self) -> None:
        canvas = self._bench.canvas
        canvas.work(mask_work.fill_from_transparency(canvas, self._bench.composite))
