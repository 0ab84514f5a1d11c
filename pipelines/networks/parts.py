"""The parts of networks, made of the weights in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import nn

if TYPE_CHECKING:
    from pipelines.networks.recognition import Norm

State = Mapping[str, torch.Tensor]


def conv(
    state: State,
    name: str,
    *,
    stride: int = 1,
    padding: int | tuple[int, int, int, int] = 0,
    mode: str = "zeros",
) -> nn.Module:
    """The convolution called `name`; its kernel, groups and bias are those of the weights.

    `padding` on all sides, or (left, right, top, bottom) where they differ; then it mirrors.
    Raises KeyError.
    """
    weight = state[f"{name}.weight"]
    out, taken, height, width = weight.shape
    # Depthwise ones have a channel of input for each of output, and one in the weight.
    groups = out if taken == 1 and out > 1 else 1
    uneven = not isinstance(padding, int)
    made = nn.utils.skip_init(
        nn.Conv2d,
        taken * groups,
        out,
        (height, width),
        stride=stride,
        padding=0 if uneven else padding,
        padding_mode=mode,
        groups=groups,
        bias=f"{name}.bias" in state,
    )
    _fill(made, state, name)
    return nn.Sequential(nn.ReflectionPad2d(padding), made) if uneven else made


def transposed(state: State, name: str, *, padding: int, output_padding: int) -> nn.Module:
    """The transposed convolution called `name`, which doubles both sides. Raises KeyError."""
    taken, out, height, width = state[f"{name}.weight"].shape
    made = nn.utils.skip_init(
        nn.ConvTranspose2d,
        taken,
        out,
        (height, width),
        stride=2,
        padding=padding,
        output_padding=output_padding,
        bias=f"{name}.bias" in state,
    )
    _fill(made, state, name)
    return made


def norm(state: State, name: str, kind: Norm, channels: int) -> nn.Module:
    """The normalisation called `name`, affine where it has weights. Raises KeyError."""
    affine = f"{name}.weight" in state
    made: nn.Module
    if kind == "batch":
        made = nn.BatchNorm2d(channels)
        made.running_mean = state[f"{name}.running_mean"].float()
        made.running_var = state[f"{name}.running_var"].float()
    elif kind == "group":  # one group: all channels together
        made = nn.GroupNorm(1, channels)
    else:
        made = nn.InstanceNorm2d(channels, affine=affine)
    if affine:
        _fill(made, state, name)
    return made


def prelu(state: State, name: str) -> nn.Module:
    """The parametric ReLU called `name`. Raises KeyError."""
    made = nn.PReLU(len(state[f"{name}.weight"]))
    made.weight = nn.Parameter(state[f"{name}.weight"].float(), requires_grad=False)
    return made


def out_channels(state: State, name: str) -> int:
    """Channels that the convolution called `name` puts out. Raises KeyError."""
    return int(state[f"{name}.weight"].shape[0])


def _fill(module: nn.Module, state: State, name: str) -> None:
    for part in ("weight", "bias"):
        if getattr(module, part) is not None:
            value = state[f"{name}.{part}"].float().contiguous()
            setattr(module, part, nn.Parameter(value, requires_grad=False))
