"""What the tools of the canvas can be set to."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QColor

LEAST_SIZE, MOST_SIZE = 1.0, 2000.0
"""Pixels of a brush's diameter."""


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """Kept for all tools together, so that a brush and its eraser are equally large.

    `size` is in pixels of the canvas; `hardness` 0 to 1; with `pressure` a pen's pressure scales
    the size. `colour` paints. `tolerance` is the most that a channel may differ (0 to 255);
    `contiguous` takes only what hangs together. With `subtract` shapes and the bucket take away
    from the mask.
    """

    size: float = 48.0
    hardness: float = 0.8
    pressure: bool = True
    colour: QColor = field(default_factory=lambda: QColor("#ffffff"))
    tolerance: int = 24
    contiguous: bool = True
    subtract: bool = False
