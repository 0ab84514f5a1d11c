"""Picture sizes: what a model's lattice allows, and what shape a size is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.limits import MAX_SIDE, MIN_SIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

Size = tuple[int, int]


def snapped(side: int, multiple: int) -> int:
    """The nearest side the model can draw: a multiple of `multiple` within the limits, pixels."""
    low = -(-MIN_SIDE // multiple) * multiple
    high = MAX_SIDE // multiple * multiple
    nearest = (side + multiple // 2) // multiple * multiple
    return min(high, max(low, nearest))


def smaller(size: Size, multiple: int) -> Size:
    """Three quarters of each side, and so little more than half the memory."""
    return snapped(size[0] * 3 // 4, multiple), snapped(size[1] * 3 // 4, multiple)


def shape_of(size: Size, shapes: Mapping[str, Size]) -> str:
    """The name of the preset that has exactly this size, or ""."""
    return next((name for name, preset in shapes.items() if tuple(preset) == size), "")


def size_text(size: Size) -> str:
    """ "1344 × 768"."""
    return f"{size[0]} × {size[1]}"
