"""What the model finds below the mask, by intent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipelines.inpaint.exemplar import exemplar_fill
from pipelines.inpaint.pull_push import pull_push

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Colours, Flags

_CELL = 8  # pixels: a latent's, so that noise survives the VAE
_EDGE_SIDE = 192  # pixels; continuing an edge further than that takes long and shows nothing more


def prefilled(picture: Colours, hole: Flags, kind: str, seed: int) -> Colours:
    """`picture` (h, w, 3; 8 bits) with `hole` (h, w; bool) filled; all else as it was.

    `kind` is one of `edit_requests.PREFILLS`: "original" changes nothing, "neutral" is grey,
    "blurred" the colours around, "edge" the lines that run into the hole, carried on and blurred,
    "exemplar" pieces of the surroundings, "noise" random colours. Without anything around every
    kind but the first and the last is grey.
    """
    if kind == "original":
        return picture
    if kind == "noise":
        filled = _noise(hole.shape, seed)
    elif kind == "neutral" or hole.all():
        filled = np.full_like(picture, 127)
    elif kind == "blurred":
        filled = pull_push(picture, (~hole).astype(np.float32))
    elif kind == "edge":
        filled = _continued(picture, hole)
    else:
        filled = exemplar_fill(picture, hole, seed)
    return np.where(hole[..., None], np.rint(filled).astype(np.uint8), picture)


def _noise(shape: tuple[int, ...], seed: int) -> Colours:
    height, width = shape
    cells = np.random.default_rng(seed).integers(
        0, 256, (-(-height // _CELL), -(-width // _CELL), 3), dtype=np.uint8
    )
    return cells.repeat(_CELL, axis=0).repeat(_CELL, axis=1)[:height, :width]


def _continued(picture: Colours, hole: Flags) -> Colours:
    """Navier–Stokes carries the edges on, as far as they go; blurred, as nobody knows how far."""
    height, width = hole.shape
    scale = min(1.0, _EDGE_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    lacking = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    lines = cv2.inpaint(small, lacking.astype(np.uint8), 3, cv2.INPAINT_NS)
    soft = cv2.GaussianBlur(lines, (0, 0), 3)
    large: Colours = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return large
