"""Builds the networks that enlarge, out of the weights in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from pipelines.networks.parts import conv, prelu
from pipelines.networks.recognition import rrdb_names

if TYPE_CHECKING:
    from pipelines.networks.parts import State
    from pipelines.networks.recognition import NetworkSpec

_SLOPE = 0.2
_RESIDUAL_SCALE = 0.2  # Wang et al. 2018, ESRGAN, §3.1: keeps deep residuals from growing


def build_enlarger(spec: NetworkSpec, state: State) -> nn.Module:
    """The network of `spec`: pictures (n, 3, h, w) in 0 to 1, both sides `scale` times larger.

    Its weights are `state`, without its prefix. Raises KeyError.
    """
    made = Rrdb(spec, state) if spec.architecture == "rrdb" else Compact(spec, state)
    return made.requires_grad_(False).eval()


class Rrdb(nn.Module):
    """ESRGAN's residual-in-residual dense blocks (Wang et al. 2018), as BasicSR runs them."""

    def __init__(self, spec: NetworkSpec, state: State) -> None:
        super().__init__()
        names = rrdb_names(state)
        state = {names[name]: value for name, value in state.items()}
        self._folded = spec.multiple
        self.first = conv(state, "conv_first", padding=1)
        self.body = nn.ModuleList(_Block(state, f"body.{i}") for i in range(spec.blocks))
        self.trunk = conv(state, "conv_body", padding=1)
        doublings = (spec.scale * spec.multiple).bit_length() - 1
        self.ups = nn.ModuleList(
            conv(state, f"conv_up{i + 1}", padding=1) for i in range(doublings)
        )
        self.high = conv(state, "conv_hr", padding=1)
        self.last = conv(state, "conv_last", padding=1)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        first = self.first(functional.pixel_unshuffle(picture, self._folded))
        out = first
        for block in self.body:
            out = block(out)
        out = self.trunk(out).add_(first)
        for up in self.ups:
            larger = functional.interpolate(out, scale_factor=2, mode="nearest")
            out = functional.leaky_relu_(up(larger), _SLOPE)
        high: torch.Tensor = self.last(functional.leaky_relu_(self.high(out), _SLOPE))
        return high


class _Block(nn.Module):
    def __init__(self, state: State, name: str) -> None:
        super().__init__()
        self.dense = nn.ModuleList(_Dense(state, f"{name}.rdb{i}") for i in (1, 2, 3))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        out = features
        for dense in self.dense:
            out = dense(out)
        return torch.add(features, out, alpha=_RESIDUAL_SCALE)


class _Dense(nn.Module):
    def __init__(self, state: State, name: str) -> None:
        super().__init__()
        self.convs = nn.ModuleList(conv(state, f"{name}.conv{i}", padding=1) for i in range(1, 6))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        known = features
        for each in self.convs[:-1]:
            known = torch.cat((known, functional.leaky_relu_(each(known), _SLOPE)), 1)
        return torch.add(features, self.convs[-1](known), alpha=_RESIDUAL_SCALE)


class Compact(nn.Module):
    """Real-ESRGAN's compact network: plain convolutions, enlarged in the last step alone."""

    def __init__(self, spec: NetworkSpec, state: State) -> None:
        super().__init__()
        self._scale = spec.scale
        numbers = sorted({int(name.split(".")[1]) for name in state})
        self.body = nn.ModuleList(
            conv(state, f"body.{i}", padding=1)
            if state[f"body.{i}.weight"].dim() == 4
            else prelu(state, f"body.{i}")
            for i in numbers
        )

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        out = picture
        for each in self.body:
            out = each(out)
        base = functional.interpolate(picture, scale_factor=self._scale, mode="nearest")
        return functional.pixel_shuffle(out, self._scale).add_(base)
