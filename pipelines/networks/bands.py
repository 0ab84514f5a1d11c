"""Runs a layered network over a picture of any size, layer by layer and band by band.

An instance norm looks at the whole picture: a tile that is normalised by itself comes out another
colour, and statistics of a smaller copy differ as well, because they miss the finest detail. So
every layer is computed for the whole picture before the next begins. Its output waits in a file,
and what its norm needs is gathered on the way: the result is the untiled one.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from pipelines.networks.layers import PICTURE, Layer, LayeredNetwork
from pipelines.write_errors import write_error

if TYPE_CHECKING:
    from collections.abc import Iterator

BAND_VALUES = 4_000_000
"""Values of a layer's input or output that are in memory at a time; 16 MB. The working set of a
band is some ten times that, whatever the size of the picture."""

Step = Callable[[int, int], None]
"""Told how much of the whole work is done, and how much there is; may raise to end it."""

_LARGEST = float(np.finfo(np.float16).max)


class _Map:
    """What a layer put out, (channels, height, width), as half floats in a file without a name.

    Half floats keep three digits, ten times finer than a step of an 8-bit picture. They are of the
    distance to the first rows' mean: of a nearly flat picture a norm enlarges what little there is.
    `finish` turns what was written into what is read.
    """

    def __init__(self, channels: int, height: int, width: int, folder: Path) -> None:
        self.channels, self.height, self.width = channels, height, width
        self.finish: Callable[[torch.Tensor], torch.Tensor] = _unchanged
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self._row = 2 * channels * width  # bytes
        self._middle: torch.Tensor | None = None  # (1, channels, 1, 1)

    def write(self, top: int, rows: torch.Tensor) -> None:
        """`rows` is (1, channels, rows, width). Raises OSError."""
        if self._middle is None:
            self._middle = rows.mean((2, 3), keepdim=True)
        halves = (rows - self._middle)[0].clamp_(-_LARGEST, _LARGEST).half().permute(1, 0, 2)
        self._file.seek(top * self._row)
        self._file.write(halves.contiguous().cpu().numpy().data)

    def read(self, top: int, bottom: int, device: str) -> torch.Tensor:
        """(1, channels, bottom - top, width), finished."""
        self._file.seek(top * self._row)
        data = bytearray((bottom - top) * self._row)
        self._file.readinto(data)
        halves = torch.frombuffer(data, dtype=torch.float16)
        rows = halves.view(bottom - top, self.channels, self.width).to(device)
        assert self._middle is not None
        return self.finish(rows.permute(1, 0, 2).float()[None].add_(self._middle))

    def close(self) -> None:
        self._file.close()


class _Picture:
    """The input as the first layer takes it: -1 to 1."""

    channels = 3

    def __init__(self, pixels: np.ndarray) -> None:
        self._pixels = pixels
        self.height, self.width = pixels.shape[:2]

    def read(self, top: int, bottom: int, device: str) -> torch.Tensor:
        return to_tensor(self._pixels[top:bottom], device)

    def close(self) -> None: ...


def to_tensor(pixels: np.ndarray, device: str) -> torch.Tensor:
    """(h, w, 3) of bytes as (1, 3, h, w) in -1 to 1."""
    rows = torch.from_numpy(np.array(pixels)).to(device)  # a copy: Pillow's own is read-only
    return rows.permute(2, 0, 1)[None].float().div_(127.5).sub_(1)


def to_pixels(rows: torch.Tensor) -> np.ndarray:
    """(1, 3, h, w) in -1 to 1 as (h, w, 3) of bytes."""
    scaled = rows[0].add(1).mul_(127.5).round_().clamp_(0, 255).to(torch.uint8)
    pixels: np.ndarray = scaled.permute(1, 2, 0).contiguous().cpu().numpy()
    return pixels


def run_in_bands(
    network: LayeredNetwork,
    pixels: np.ndarray,
    folder: Path,
    device: str,
    step: Step,
    band_values: int = BAND_VALUES,
) -> np.ndarray:
    """The network's picture of `pixels`, both (h, w, 3) of bytes.

    The sides have to be the network's multiples. In `folder` it needs at most some 200 bytes a
    pixel while it runs; in memory `BAND_VALUES` says how much. Raises PipelineError `disk_full`.
    """
    maps: dict[int, _Map | _Picture] = {PICTURE: _Picture(pixels)}
    made: np.ndarray = np.empty_like(pixels)
    bands = _Bands(network.layers, pixels.shape[0], band_values, step)
    try:
        for number, layer in enumerate(network.layers):
            sources = [maps[each] for each in layer.inputs]
            if number == len(network.layers) - 1:
                for top, rows in bands.convolved(layer, sources, device):
                    if layer.activation is not None:
                        rows = layer.activation(rows)
                    made[top : top + rows.shape[2]] = to_pixels(rows)
                return made
            height = sources[0].height * layer.up // layer.down
            width = sources[0].width * layer.up // layer.down
            out = maps[number] = _Map(layer.channels, height, width, folder)
            statistics = _Statistics(layer, device)
            for top, rows in bands.convolved(layer, sources, device):
                statistics.add(rows)
                out.write(top, rows)
            out.finish = statistics.finish()
            if layer.plus is not None:
                _add(out, maps[layer.plus], band_values, device)
            for used in [each for each in maps if network.last_use[each] <= number]:
                maps.pop(used).close()
    except OSError as error:
        raise write_error(folder / "layers", error) from error
    finally:
        for kept in maps.values():
            kept.close()
    raise AssertionError("a network without layers")


class _Bands:
    """Cuts the work of each layer into bands of rows and counts them."""

    def __init__(self, layers: list[Layer], height: int, values: int, step: Step) -> None:
        self._values, self._step = values, step
        self._done, self._total = 0, len(layers) * height
        self._height = height

    def convolved(
        self, layer: Layer, sources: list[_Map | _Picture], device: str
    ) -> Iterator[tuple[int, torch.Tensor]]:
        """The layer's convolution of everything, as (first row, rows); each exactly once."""
        taken, width = sources[0].height, sources[0].width
        height = taken * layer.up // layer.down
        channels = max(
            sum(source.channels for source in sources) * layer.down / layer.up, layer.channels
        )
        rows = max(1, int(self._values / (channels * width * layer.up / layer.down)))
        rows = -(-rows // layer.up) * layer.up
        reach = -(-layer.reach // layer.down) * layer.down
        before = self._done
        for top in range(0, height, rows):
            bottom = min(height, top + rows)
            begin = max(0, top * layer.down // layer.up - reach)
            end = min(taken, -(-bottom * layer.down // layer.up) + reach)
            parts = [source.read(begin, end, device) for source in sources]
            made = layer.conv(parts[0] if len(parts) == 1 else torch.cat(parts, 1))
            skipped = top - begin * layer.up // layer.down
            yield top, made[:, :, skipped : skipped + bottom - top]
            self._done = before + self._height * bottom // height
            self._step(self._done, self._total)


def _add(out: _Map, other: _Map | _Picture, values: int, device: str) -> None:
    """Finishes `out` for good with `other` added: else each reader would read all before it."""
    rows = max(1, values // (out.channels * out.width))
    for top in range(0, out.height, rows):
        bottom = min(out.height, top + rows)
        out.write(top, out.read(top, bottom, device) + other.read(top, bottom, device))
    out.finish = _unchanged


class _Statistics:
    """Gathers what a layer's norm has to know of the whole picture."""

    def __init__(self, layer: Layer, device: str) -> None:
        self._device = device
        self._norm, self._activation = layer.norm, layer.activation
        # All channels together in a group norm of one group, each for itself in an instance norm.
        self._dims = (1, 2, 3) if isinstance(layer.norm, nn.GroupNorm) else (2, 3)
        self._whole = not isinstance(layer.norm, nn.BatchNorm2d | None)
        self._mean: torch.Tensor | float = 0.0
        self._squares: torch.Tensor | float = 0.0  # of the distances to the mean
        self._count = 0

    def add(self, rows: torch.Tensor) -> None:
        """Chan, Golub and LeVeque 1979: joins the mean and the variance of two sets exactly."""
        if not self._whole:
            return
        count = math.prod(rows.shape[dim] for dim in self._dims)
        variance, mean = torch.var_mean(rows, self._dims, correction=0)
        distance = mean.cpu().double() - self._mean
        total = self._count + count
        self._squares = (
            self._squares
            + variance.cpu().double() * count
            + distance.square() * (self._count * count / total)
        )
        self._mean = self._mean + distance * (count / total)
        self._count = total

    def finish(self) -> Callable[[torch.Tensor], torch.Tensor]:
        """What turns the convolution's output into the layer's."""
        norm, activation = self._norm, self._activation
        normed: Callable[[torch.Tensor], torch.Tensor] = norm or _unchanged
        if self._whole:
            assert isinstance(norm, nn.InstanceNorm2d | nn.GroupNorm)
            normed = self._normalisation(norm)
        return (lambda rows: activation(normed(rows))) if activation is not None else normed

    def _normalisation(
        self, norm: nn.InstanceNorm2d | nn.GroupNorm
    ) -> Callable[[torch.Tensor], torch.Tensor]:
        mean = torch.as_tensor(self._mean)
        scale = (torch.as_tensor(self._squares) / self._count + norm.eps).rsqrt()
        shift = -mean * scale
        if norm.weight is not None:
            weight, bias = norm.weight.cpu(), norm.bias.cpu()
            scale, shift = scale * weight, shift * weight + bias
        factor, offset = (
            each.float().view(1, -1, 1, 1).to(self._device) for each in (scale, shift)
        )
        return lambda rows: rows.mul_(factor).add_(offset)


def _unchanged(rows: torch.Tensor) -> torch.Tensor:
    return rows
