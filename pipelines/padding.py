"""Grows a picture to the size that a network takes, by mirroring it at its edges."""

from __future__ import annotations

import numpy as np


def mirrored(pixels: np.ndarray, multiple: int, smallest: int = 1) -> np.ndarray:
    """(h, w, 3) grown at the right and at the bottom.

    Both sides become multiples of `multiple` and at least `smallest` pixels long.
    """
    height, width = pixels.shape[:2]
    down, right = (
        -(-max(side, smallest) // multiple) * multiple - side for side in (height, width)
    )
    if not down and not right:
        return pixels
    grown: np.ndarray = np.pad(pixels, ((0, down), (0, right), (0, 0)), "reflect")
    return grown
