"""What a network that enlarges has to be able to do, whatever runs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np

TILE_VALUES = 64 * 1024 * 1024
"""Values of the widest layer of a tile, 256 MB in single precision. The working set of a tile is
some four times that, whatever the size of the picture."""

CONTEXT = 16
"""Pixels around a tile that the network sees and that are thrown away. Real-ESRGAN's own program
uses 10."""


class EnlargingNetwork(Protocol):
    """Pictures (h, w, 3) of bytes become pictures whose sides are `scale` times as long.

    `side` is that of the largest square it takes at a time. `device` is where it runs, for a
    person.
    """

    scale: int
    side: int
    device: str

    def enlarge(self, pixels: np.ndarray, check: Callable[[], None]) -> np.ndarray:
        """`check` is called within it, at least every 100 ms or so; it may raise to end it."""


def side_of(channels: int, scale: int) -> int:
    """The side of the largest square whose widest layer keeps within TILE_VALUES.

    That layer has `channels`, `scale` times as large as the input.
    """
    return int((TILE_VALUES / channels) ** 0.5) // scale
