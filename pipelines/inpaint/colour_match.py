"""Takes back the shift of colours that a VAE brings, by the pixels around the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipelines.inpaint.pull_push import pull_push

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Colours, Shares

_CELL = 8  # pixels: a latent's; differences of single pixels say nothing of the colours
_MOST = 40.0  # of 255: a larger difference is another motif, not another tint
_LEFT_ALONE = 1e-3  # of a step's work: what resizing a mask leaves of nothing


def colour_matched(drawn: Colours, picture: Colours, free: Shares) -> Colours:
    """`drawn` (h, w, 3; 8 bits) shifted to meet `picture` around what is `free` (h, w; 0 to 1).

    What the model has left alone it should have drawn as it was. By how much it did not, on
    average near the mask, is taken off, and smoothly carried on inside of it.
    """
    height, width = free.shape
    small = (max(1, width // _CELL), max(1, height // _CELL))
    kept = (free <= _LEFT_ALONE).astype(np.float32)
    share = cv2.resize(kept, small, interpolation=cv2.INTER_AREA)
    shift = picture.astype(np.float32) - drawn
    sums = cv2.resize(shift * kept[..., None], small, interpolation=cv2.INTER_AREA)
    means = np.clip(sums / np.maximum(share, 1e-6)[..., None], -_MOST, _MOST)
    field = cv2.resize(
        pull_push(means, (share >= 0.5).astype(np.float32)),
        (width, height),
        interpolation=cv2.INTER_LINEAR,
    )
    return np.clip(np.rint(drawn + field), 0, 255).astype(np.uint8)
