"""A network as a list of layers: it runs as a whole, and `bands` can run it layer by layer."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import nn

PICTURE = -1
"""The number of the input picture where layers are numbered."""


@dataclass(frozen=True)
class Layer:
    """One convolution with what belongs to it.

    `conv` may begin with an activation or with enlarging and does its own padding; `norm` and
    `activation` follow it. `inputs` are the layers whose outputs it takes, side by side as
    channels; the output of layer `plus` is added to its own at the end. A row of its output
    depends on `reach` rows of input above and below; its output has `up / down` times the rows.
    """

    conv: nn.Module
    channels: int
    inputs: tuple[int, ...]
    reach: int
    norm: nn.Module | None = None
    activation: nn.Module | None = None
    plus: int | None = None
    up: int = 1
    down: int = 1


@dataclass
class Chain:
    """Builds layers one after another; each takes the one before it unless it is told otherwise."""

    layers: list[Layer] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the newest layer; PICTURE before the first."""
        return len(self.layers) - 1

    def add(
        self,
        conv: nn.Module,
        channels: int,
        reach: int,
        norm: nn.Module | None = None,
        activation: nn.Module | None = None,
        *,
        inputs: tuple[int, ...] | None = None,
        plus: int | None = None,
        up: int = 1,
        down: int = 1,
    ) -> None:
        taken = (self.last,) if inputs is None else inputs
        self.layers.append(Layer(conv, channels, taken, reach, norm, activation, plus, up, down))


class LayeredNetwork(nn.Module):
    """Pictures (n, 3, h, w) in -1 to 1 become pictures of the same size and range.

    Both sides have to be multiples of what its NetworkSpec says.
    """

    def __init__(self, layers: list[Layer]) -> None:
        super().__init__()
        self.layers = layers
        self.convs = nn.ModuleList(layer.conv for layer in layers)
        self.norms = nn.ModuleList(layer.norm for layer in layers if layer.norm is not None)
        self.last_use = last_uses(layers)
        self.requires_grad_(False)
        self.eval()

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        kept = {PICTURE: picture}
        for number, layer in enumerate(self.layers):
            taken = [kept[each] for each in layer.inputs]
            out = layer.conv(taken[0] if len(taken) == 1 else torch.cat(taken, 1))
            if layer.norm is not None:
                out = layer.norm(out)
            if layer.activation is not None:
                out = layer.activation(out)
            if layer.plus is not None:
                out = out + kept[layer.plus]
            kept[number] = out
            del taken
            for used in [each for each in kept if self.last_use.get(each, number + 1) <= number]:
                del kept[used]
        return kept[len(self.layers) - 1]


def last_uses(layers: list[Layer]) -> dict[int, int]:
    """By which layer each one's output is needed for the last time."""
    found = {}
    for number, layer in enumerate(layers):
        for each in (*layer.inputs, *(() if layer.plus is None else (layer.plus,))):
            found[each] = number
    return found
