"""Smooth values where none are known, from those around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Floats, Shares


def pull_push(values: Floats, known: Shares) -> Floats:
    """`values` (h, w, 3) where `known` (h, w; 0 to 1) is 1, smoothly continued where it is 0.

    The pull-push of Gortler et al., “The Lumigraph” (1996), section 3.4.2: means over ever larger
    areas fill what the smaller ones lack. Its time is that of reading the pixels a few times.
    Nothing known gives zeros.
    """
    height, width = known.shape
    if known.min() >= 1.0:
        return values.astype(np.float32)
    if max(height, width) == 1:
        return values.astype(np.float32) * known[..., None]
    half = (max(1, (width + 1) // 2), max(1, (height + 1) // 2))
    share = cv2.resize(known.astype(np.float32), half, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(
        (values * known[..., None]).astype(np.float32), half, interpolation=cv2.INTER_AREA
    )
    means = sums / np.maximum(share, 1e-6)[..., None]
    coarse = pull_push(means, np.minimum(share * 4.0, 1.0))
    behind = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    blend: Floats = behind + (values - behind) * known[..., None]
    return blend.astype(np.float32)
