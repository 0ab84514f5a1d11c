"""A Real-ESRGAN network of the starter set, run by ncnn: on Vulkan where there is one."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING

import ncnn
import numpy as np

from pipelines.api import PipelineError
from pipelines.enlarge.network import side_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_STAGE = 4  # convolutions between two looks whether the person has cancelled


class NcnnNetwork:
    """An EnlargingNetwork out of a `.param` file and the `.bin` file beside it."""

    def __init__(self, param: Path, scale: int, device: str) -> None:
        """`device` is torch's name of what the person chose. Raises PipelineError `not_a_model`."""
        self._net = ncnn.Net()
        vulkan = device != "cpu" and _vulkan_is_there() and ncnn.get_gpu_count() > 0
        self._net.opt.use_vulkan_compute = vulkan
        if threads := os.environ.get("OMP_NUM_THREADS"):
            self._net.opt.num_threads = int(threads)
        for load, path in (
            (self._net.load_param, param),
            (self._net.load_model, param.with_suffix(".bin")),
        ):
            if load(str(path)):
                raise PipelineError(
                    "not_a_model",
                    f"“{path.name}” cannot be loaded.",
                    "Install real-esrgan of the starter set again.",
                )
        self.scale = scale
        self._stages, late = _stages(param)
        # The widest layer has 64 channels: at the final size if convolutions follow an enlarging.
        self.side = side_of(64, scale) if late else side_of(64, 1)
        self.device = (
            ncnn.get_gpu_info().device_name() if vulkan else f"CPU, {os.cpu_count()} cores"
        )

    def enlarge(self, pixels: np.ndarray, check: Callable[[], None]) -> np.ndarray:
        planes = np.ascontiguousarray(pixels.transpose(2, 0, 1), np.float32) / np.float32(255)
        extractor = self._net.create_extractor()
        # ncnn.Mat takes no reference to the array: `planes` has to live until the end.
        extractor.input("data", ncnn.Mat(planes))
        for stage in self._stages:
            check()
            extractor.extract(stage)  # what comes before it is computed once and kept
        check()
        code, made = extractor.extract("output")
        if code:
            raise PipelineError(
                "out_of_memory",
                "The memory was not enough for enlarging.",
                "Close other programs, then try again.",
            )
        scaled = np.asarray(made).clip(0, 1) * 255
        result: np.ndarray = scaled.round().astype(np.uint8).transpose(1, 2, 0)
        return result


def _stages(param: Path) -> tuple[list[str], bool]:
    """Names of the values to stop at, and whether convolutions follow an enlarging.

    A line of the file is: type, name, number of inputs, number of outputs, their names, settings.
    """
    lines = [line.split() for line in param.read_text(encoding="ascii").splitlines()[2:]]
    kinds = [line[0] for line in lines if line]
    outputs = [line[4 + int(line[2])] for line in lines if line and line[0] == "Convolution"]
    late = "Interp" in kinds and "Convolution" in kinds[kinds.index("Interp") :]
    # The late ones take longest, each by itself.
    early, end = outputs[:-6], outputs[-6:-1]
    return [*early[_STAGE - 1 :: _STAGE], *end], late


def _vulkan_is_there() -> bool:
    """Asked first on Linux, because there ncnn complains on the terminal where there is none."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL("libvulkan.so.1")
    except OSError:
        return False
    return True
