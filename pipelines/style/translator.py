"""A GAN generator that translates a picture into its look, whatever the picture's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from pipelines.hooks import blocks_of, check_before_each
from pipelines.networks.bands import run_in_bands, to_pixels, to_tensor
from pipelines.networks.generators import build_generator
from pipelines.networks.weights import damaged
from pipelines.padding import mirrored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.devices import Device
    from pipelines.networks.weights import Weights

WHOLE_PIXELS = 1_200_000
"""A padded picture of so many pixels is translated in one piece, which takes some 1 GB with the
usual 64 channels. A larger one goes layer by layer in bands: slower by what its files cost, in a
fraction of that memory whatever its size, and with the same result."""

_SMALLEST = 16  # pixels a side, so that every layer has something to mirror at its edges


class Translator:
    """Runs the generator of a file in single precision."""

    def __init__(self, weights: Weights, path: Path, device: Device) -> None:
        """Builds it and tries it. Raises PipelineError `not_a_model`."""
        self._multiple, self._kind = weights.spec.multiple, device.kind
        side = max(_SMALLEST, self._multiple)
        try:
            self._network = build_generator(weights.spec, weights.state).to(device.kind)
            with torch.inference_mode():
                tried = self._network(torch.zeros(1, 3, side, side, device=device.kind))
        except (KeyError, RuntimeError, ValueError) as error:  # torch: shapes that do not fit
            raise damaged(path) from error
        if tried.shape != (1, 3, side, side):
            raise damaged(path)
        self.device = device.title

    def translate(
        self,
        image: Image.Image,
        folder: Path,
        check: Callable[[], None],
        step: Callable[[int, int], None],
        whole_pixels: int = WHOLE_PIXELS,
    ) -> Image.Image:
        """`image`, RGB, in the network's look.

        A large picture needs some 200 bytes a pixel in `folder`. `check` is called before every
        convolution, `step` is told how much is done of how much. Raises PipelineError `disk_full`.
        """
        width, height = image.size
        pixels = mirrored(np.asarray(image), self._multiple, _SMALLEST)
        with torch.inference_mode(), check_before_each(blocks_of(self._network), check):
            if pixels.shape[0] * pixels.shape[1] <= whole_pixels:
                made = to_pixels(self._network(to_tensor(pixels, self._kind)))
            else:
                made = run_in_bands(self._network, pixels, folder, self._kind, step)
        return Image.fromarray(made[:height, :width])
