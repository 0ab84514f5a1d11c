"""Full detail for a fill that was made at a smaller size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Colours, Corners, Flags, Floats, Grey

_PATCH = 7  # pixels a side at the smaller size
_STRIDE = 3  # pixels between two patches: each pixel is covered by several
_SOURCES = 60_000  # patches that are searched at most


def with_detail(picture: Colours, hole: Flags, coarse: Colours, coarse_hole: Flags) -> Colours:
    """`coarse` (h, w, 3; 8 bits) at the size of `picture`, with the detail it lacks in `hole`.

    For every patch of the fill the most similar one of the surroundings is looked up at the
    smaller size; what it has at the larger size beyond its own reduction is added: the band of
    frequencies that was lost, as in image analogies. A bad match costs detail, never colours.
    """
    height, width = hole.shape
    up = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    small = cv2.resize(picture, coarse.shape[1::-1], interpolation=cv2.INTER_AREA)
    lost = picture - cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).astype(
        np.float32
    )
    targets, sources = _corners(coarse_hole)
    if not len(targets) or not len(sources):
        return up
    _, nearest = cKDTree(_described(small, sources)).query(_described(coarse, targets), eps=1.0)
    scale_y, scale_x = height / coarse.shape[0], width / coarse.shape[1]
    side_y, side_x = round(_PATCH * scale_y), round(_PATCH * scale_x)
    window = np.outer(np.hanning(side_y + 2)[1:-1], np.hanning(side_x + 2)[1:-1])[..., None]
    window = window.astype(np.float32)
    detail = np.zeros((height, width, 3), np.float32)
    weight = np.full((height, width, 1), 1e-3, np.float32)
    for (row, column), (from_row, from_column) in zip(targets, sources[nearest], strict=True):
        top, left = int(row * scale_y), int(column * scale_x)
        from_top, from_left = int(from_row * scale_y), int(from_column * scale_x)
        rows = min(side_y, height - top, height - from_top)
        columns = min(side_x, width - left, width - from_left)
        part = window[:rows, :columns]
        piece = lost[from_top : from_top + rows, from_left : from_left + columns]
        detail[top : top + rows, left : left + columns] += piece * part
        weight[top : top + rows, left : left + columns] += part
    return np.clip(np.rint(up + detail / weight), 0, 255).astype(np.uint8)


def _corners(hole: Flags) -> tuple[Corners, Corners]:
    """Upper left corners (n, 2) of the patches that touch the hole, and of some that do not."""
    kernel: Grey = np.ones((_PATCH, _PATCH), np.uint8)
    touching = cv2.dilate(hole.astype(np.uint8), kernel, anchor=(0, 0))
    touching = touching[: hole.shape[0] - _PATCH + 1, : hole.shape[1] - _PATCH + 1]
    targets: Corners = np.argwhere(touching[::_STRIDE, ::_STRIDE]) * _STRIDE
    sources = np.argwhere(touching == 0)
    return targets, sources[:: max(1, len(sources) // _SOURCES)]


def _described(picture: Colours, corners: Corners) -> Floats:
    """Each patch as 3 × 3 mean colours: (n, 27)."""
    means = cv2.blur(picture, (3, 3), borderType=cv2.BORDER_REFLECT).astype(np.float32)
    offsets = [1, _PATCH // 2, _PATCH - 2]
    rows, columns = corners[:, 0], corners[:, 1]
    return np.concatenate(
        [means[rows + down, columns + right] for down in offsets for right in offsets], axis=1
    )
