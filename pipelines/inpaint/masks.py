"""The two masks: where the model may work, and what of its work is laid on the picture.

Both are whole inside of what was painted, as in Krita AI Diffusion; the first reaches further, the
second never does unless it is asked to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Flags, Floats, Grey, Shares


def compositing_mask(painted: Grey, feather: int, soften: int) -> Grey:
    """What is laid on the picture, (h, w) of 8 bits: what was painted, fading in inside its edge.

    Over `feather` pixels; less in narrow places, so that their middle is whole. The edge of the
    picture is none. With `soften` it fades out over that many pixels outside of it, too.
    """
    alpha: Floats = painted.astype(np.float32)
    if feather:
        depth = _distance(painted > 0)  # 1 at the edge
        reach = max(0.0, min(float(feather), float(depth.max()) - 1.0))
        alpha *= _smooth(depth / (reach + 1.0))
    if soften:
        outside = _distance(painted < 255)
        fading = 255.0 * _smooth(1.0 - outside / (soften + 1.0))
        alpha = np.maximum(alpha, np.where(outside > 0, fading, 0.0))
    return np.rint(alpha).astype(np.uint8)


def denoising_mask(painted: Grey, grow: int, blur: int, *, graded: bool) -> Shares:
    """Where the model may work, (h, w) from 0 to 1: what was painted and `grow` pixels more.

    Beyond them it fades over `blur` pixels. Where it is `graded` what is painted grey stays grey.
    """
    outside = _distance(painted == 0)
    mask = _smooth(1.0 - np.maximum(outside - grow, 0.0) / (blur + 1.0))
    if graded:
        inside = painted > 0
        mask[inside] = painted[inside].astype(np.float32) / 255
    return mask


def _distance(where: Flags) -> Floats:
    """How many pixels it is from each of `where` to the nearest other one; 0 there."""
    if where.all():
        return np.full(where.shape, float(sum(where.shape)), np.float32)
    distance: Floats = cv2.distanceTransform(where.astype(np.uint8), cv2.DIST_L2, 5)
    return distance


def _smooth(share: Shares) -> Shares:
    """The cubic from 0 to 1 that is flat at both ends."""
    share = np.clip(share, 0.0, 1.0)
    curve: Shares = (share * share * (3.0 - 2.0 * share)).astype(np.float32)
    return curve
