"""Fills a hole with pieces of its surroundings: PatchMatch, at a size that takes seconds.

C. Barnes, E. Shechtman, A. Finkelstein, D. Goldman: “PatchMatch: A Randomized Correspondence
Algorithm for Structural Image Editing”, SIGGRAPH 2009, in the implementation of `pypatchmatch`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import patchmatch

from pipelines.inpaint.detail import with_detail
from pipelines.inpaint.pull_push import pull_push

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Colours, Flags, Shares

MAX_PIXELS = 1_000_000  # some three seconds
_RADIUS = 3  # of the patches, in pixels
_LEAST = 16  # pixels a side; below it there are no patches to speak of


def exemplar_fill(picture: Colours, hole: Flags, seed: int) -> Colours:
    """`picture` (h, w, 3; 8 bits) with `hole` (h, w; bool) filled; all else as it was.

    The same `seed` gives the same pixels. A larger picture than MAX_PIXELS is filled at a smaller
    size and gets the detail of the pieces that it was put together from.
    """
    height, width = hole.shape
    known: Shares = (~hole).astype(np.float32)
    scale = min(1.0, math.sqrt(MAX_PIXELS / (height * width)))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if min(size) < _LEAST or not known.any():
        filled = np.rint(pull_push(picture, known)).astype(np.uint8)
    elif scale == 1.0:
        filled = _patchmatch(picture, hole, seed)
    else:
        coarse_hole = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
        coarse = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        filled = with_detail(picture, hole, _patchmatch(coarse, coarse_hole, seed), coarse_hole)
    result: Colours = np.where(hole[..., None], filled, picture)
    return result


def _patchmatch(picture: Colours, hole: Flags, seed: int) -> Colours:
    patchmatch.set_random_seed(seed)
    filled: Colours = patchmatch.inpaint(
        np.ascontiguousarray(picture), hole.astype(np.uint8), patch_size=_RADIUS
    )
    return filled
