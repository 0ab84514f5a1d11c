"""Painting styles: 26 that are built in and mixtures of them, or that of any picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from pipelines.api import PipelineError
from pipelines.padding import mirrored
from pipelines.style.guided import enlarge_styled
from pipelines.style.sessions import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.enhance_requests import StyleShare

STYLES = 26

_LARGEST = 1024 * 1024
"""Pixels that the 26-style network is given; above that the result is brought to size."""

_CONTENT, _STYLE = 384, 256  # sides that the any-picture pair takes
_MULTIPLE = 4
_SMALLEST = 16  # pixels a side, so that there is something to mirror at its edges

Step = Callable[[int, int], None]


class PaintingStyles:
    """The networks of the starter's folder, each opened when it is first needed.

    Dumoulin, Shlens and Kudlur, "A Learned Representation for Artistic Style" (2017) for the 26;
    Ghiasi et al., "Exploring the structure of a real-time, arbitrary neural artistic stylization
    network" (2017) for any picture.
    """

    device = "CPU"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, Session] = {}

    def sha256(self, name: str) -> str:
        """Of a network by its file's name without suffix. Raises what Session does."""
        return self._session(name).sha256

    def built_in(
        self,
        image: Image.Image,
        shares: Sequence[StyleShare],
        check: Callable[[], None],
        step: Step,
    ) -> Image.Image:
        """`image`, RGB, in a mixture of the built-in styles. Raises PipelineError `bad_style`."""
        weights = mixture(shares)
        small = _at_most(image, _LARGEST)
        pixels = mirrored(np.asarray(small, np.float32) / np.float32(255), _MULTIPLE, _SMALLEST)
        planes = np.ascontiguousarray(pixels.transpose(2, 0, 1))[None]
        made = self._session("multistyle26").run(check, planes, weights)[0].transpose(1, 2, 0)
        return _sized(_picture(made, small.size), image, step)

    def like(
        self,
        image: Image.Image,
        style: Image.Image,
        strength: float,
        check: Callable[[], None],
        step: Step,
    ) -> Image.Image:
        """`image` in the style of `style`, both RGB.

        `strength` 1 is all of it, 0 the picture's own style: the way between them is a mixture of
        what the network says of both.
        """
        told = self._style_of(style, check)
        if strength < 1:
            told = strength * told + (1 - strength) * self._style_of(image, check)
        factor = _CONTENT / max(image.size)
        width, height = (max(1, round(side * factor)) for side in image.size)
        small = image.resize((width, height), Image.Resampling.LANCZOS)
        pixels = np.asarray(small, np.float32) / np.float32(255)
        square = np.pad(pixels, ((0, _CONTENT - height), (0, _CONTENT - width), (0, 0)), "reflect")
        made = self._session("arbitrary_transform").run(
            check, square[None], told.astype(np.float32)
        )
        return _sized(_picture(made[0], small.size), image, step)

    def _style_of(self, image: Image.Image, check: Callable[[], None]) -> np.ndarray:
        """The 100 numbers that say what its middle square looks like."""
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        box = (left, top, left + side, top + side)
        square = image.resize((_STYLE, _STYLE), Image.Resampling.LANCZOS, box)
        pixels = np.asarray(square, np.float32) / np.float32(255)
        return self._session("arbitrary_predict").run(check, pixels[None])

    def _session(self, name: str) -> Session:
        if name not in self._open:
            self._open[name] = Session(self._folder / f"{name}.onnx")
        return self._open[name]


def mixture(shares: Sequence[StyleShare]) -> np.ndarray:
    """The weight of each built-in style, together 1. Raises PipelineError `bad_style`."""
    weights: np.ndarray = np.zeros(STYLES, np.float32)
    for each in shares:
        if not 1 <= each.style <= STYLES:
            raise PipelineError(
                "bad_style",
                f"There is no painting style {each.style}.",
                f"They have the numbers 1 to {STYLES}.",
            )
        if not 0 < each.share < float("inf"):
            raise PipelineError(
                "bad_style",
                f"A style cannot have a share of {each.share:g}.",
                "Shares are greater than 0; only how they compare matters.",
            )
        weights[each.style - 1] += each.share
    result: np.ndarray = weights / weights.sum()
    return result


def _at_most(image: Image.Image, pixels: int) -> Image.Image:
    factor = (pixels / (image.width * image.height)) ** 0.5
    if factor >= 1:
        return image
    size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _picture(made: np.ndarray, size: tuple[int, int]) -> Image.Image:
    rows = made[: size[1], : size[0]].clip(0, 1) * 255
    return Image.fromarray(rows.round().astype(np.uint8))


def _sized(made: Image.Image, original: Image.Image, step: Step) -> Image.Image:
    return made if made.size == original.size else enlarge_styled(made, original, step)
