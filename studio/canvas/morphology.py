"""Growing, shrinking and feathering of grey pictures, by discs."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageFilter


def grown(image: Image.Image, px: int) -> Image.Image:
    """Each pixel becomes the lightest within `px` pixels of it (a disc's dilation).

    A disc is a pile of rows: the rows' maxima grow with their width, and each is laid over the
    others at its height. That takes 4 · px comparisons of whole pictures.
    """
    if px <= 0:
        return image.copy()
    heights: dict[int, list[int]] = {}
    for height in range(px + 1):
        heights.setdefault(math.isqrt(px * px - height * height), []).append(height)
    row, result, width = image, None, 0
    for wanted in sorted(heights):
        while width < wanted:
            width += 1
            row = _lightest(row, _shifted(image, width, 0), _shifted(image, -width, 0))
        for height in heights[wanted]:
            pair = ImageChops.lighter(_shifted(row, 0, height), _shifted(row, 0, -height))
            result = pair if result is None else ImageChops.lighter(result, pair)
    assert result is not None
    return result


def eroded(image: Image.Image, px: int) -> Image.Image:
    """Each pixel becomes the darkest within `px` pixels of it; beyond the picture all is light."""
    return ImageChops.invert(grown(ImageChops.invert(image), px))


def feathered(image: Image.Image, px: int) -> Image.Image:
    """An edge that rises inward over `px` pixels; no pixel becomes lighter than it was.

    Shrunk by half of it, then blurred so far that the blur ends at the old edge.
    """
    half = (px + 1) // 2
    soft = eroded(image, half).filter(ImageFilter.GaussianBlur(half / 3))
    return ImageChops.darker(image, soft)


def _lightest(*images: Image.Image) -> Image.Image:
    first, *others = images
    for other in others:
        first = ImageChops.lighter(first, other)
    return first


def _shifted(image: Image.Image, right: int, down: int) -> Image.Image:
    """Moved by pixels; what comes in is black."""
    wide, high = image.size
    return image.crop((-right, -down, wide - right, high - down))
