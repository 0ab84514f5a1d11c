"""A person's own ESRGAN or Real-ESRGAN network, run by torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from pipelines.enlarge.network import side_of
from pipelines.hooks import blocks_of, check_before_each
from pipelines.networks.enlargers import build_enlarger
from pipelines.networks.weights import damaged
from pipelines.padding import mirrored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.devices import Device
    from pipelines.networks.weights import Weights


class TorchNetwork:
    """An EnlargingNetwork in single precision."""

    def __init__(self, weights: Weights, path: Path, device: Device) -> None:
        """Builds it and tries it. Raises PipelineError `not_a_model`."""
        spec = weights.spec
        try:
            self._network = build_enlarger(spec, weights.state).to(device.kind)
            with torch.inference_mode():
                tried = self._network(torch.zeros(1, 3, 8, 8, device=device.kind))
        except (KeyError, RuntimeError, ValueError) as error:  # torch: shapes that do not fit
            raise damaged(path) from error
        if tried.shape[2] != 8 * spec.scale:
            raise damaged(path)
        self.scale, self.device = spec.scale, device.title
        self._kind, self._multiple = device.kind, spec.multiple
        # ESRGAN ends with its features at the final size, the compact ones do not.
        features = 64 if spec.architecture == "rrdb" else 64 // spec.scale
        self.side = side_of(features, spec.scale if spec.architecture == "rrdb" else 1)

    def enlarge(self, pixels: np.ndarray, check: Callable[[], None]) -> np.ndarray:
        height, width = pixels.shape[:2]
        padded = mirrored(pixels, self._multiple)
        picture = (
            torch.from_numpy(np.array(padded))
            .to(self._kind)
            .permute(2, 0, 1)[None]
            .float()
            .div_(255)
        )
        with torch.inference_mode(), check_before_each(blocks_of(self._network), check):
            made = self._network(picture)[0, :, : height * self.scale, : width * self.scale]
            bytes_ = made.clamp_(0, 1).mul_(255).round_().to(torch.uint8).permute(1, 2, 0)
        result: np.ndarray = bytes_.contiguous().cpu().numpy()
        return result
