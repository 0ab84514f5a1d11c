"""Brings a small styled picture to the size of its original, with the original's fine detail.

He and Sun's fast guided filter (2015, arXiv:1505.00996): in every small window the styled picture
is taken for a straight line of the original's luminance. The line's coefficients are smooth, so
they are what is enlarged, and the full-size original gives the detail. What the line misses (the
strokes of the style) is enlarged by itself and added: the filter alone would smear it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from scipy.ndimage import uniform_filter

if TYPE_CHECKING:
    from collections.abc import Callable

_WINDOW = 9  # pixels of the small picture: radius 4, as in the paper's figures
_EPSILON = 0.01**2
"""Regularisation, for luminance in 0 to 1: windows flatter than 1 % give no detail."""

_STEEPEST = 2.0
"""Of a line: noise in flat windows would be amplified by more."""

_ROWS = 256  # of the result that are made at a time


def enlarge_styled(
    styled: Image.Image,
    original: Image.Image,
    step: Callable[[int, int], None],
) -> Image.Image:
    """`styled`, RGB, at the size of `original`, RGB.

    Memory holds the pictures and some rows of them. `step` is told how many rows are done of how
    many.
    """
    small = np.asarray(styled, np.float32) / 255
    guide = np.asarray(
        original.convert("L").resize(styled.size, Image.Resampling.BOX),
        np.float32,
    )[..., None] / np.float32(255)
    slope = _slopes(guide, small)
    # The line's offset and what the line misses are enlarged alike, so only their sum is needed.
    slopes, rests = (_planes(each) for each in (slope, small - slope * guide))
    made = Image.new("RGB", original.size)
    width, height = original.size
    for top in range(0, height, _ROWS):
        bottom = min(height, top + _ROWS)
        strip = original.crop((0, top, width, bottom)).convert("L")
        luminance = np.asarray(strip, np.float32) / 255
        box = (
            0.0,
            top * styled.height / height,
            float(styled.width),
            bottom * styled.height / height,
        )
        rows = np.stack(
            [
                _enlarged(a, strip.size, box) * luminance + _enlarged(b, strip.size, box)
                for a, b in zip(slopes, rests, strict=True)
            ],
            axis=-1,
        )
        made.paste(Image.fromarray((rows.clip(0, 1) * 255).round().astype(np.uint8)), (0, top))
        step(bottom, height)
    return made


def _slopes(guide: np.ndarray, styled: np.ndarray) -> np.ndarray:
    """The slope of the line through each window, (h, w, 3).

    Equations 5 and 8 of He, Sun and Tang, "Guided Image Filtering" (2013).
    """
    mean = _window_mean(guide)
    variance = _window_mean(guide * guide) - mean * mean
    covariance = _window_mean(guide * styled) - mean * _window_mean(styled)
    return _window_mean((covariance / (variance + _EPSILON)).clip(-_STEEPEST, _STEEPEST))


def _window_mean(values: np.ndarray) -> np.ndarray:
    found: np.ndarray = uniform_filter(values, (_WINDOW, _WINDOW, 1), mode="nearest")
    return found


def _planes(values: np.ndarray) -> list[Image.Image]:
    return [Image.fromarray(np.ascontiguousarray(values[..., i])) for i in range(3)]


def _enlarged(
    plane: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]
) -> np.ndarray:
    found: np.ndarray = np.asarray(plane.resize(size, Image.Resampling.BICUBIC, box))
    return found
