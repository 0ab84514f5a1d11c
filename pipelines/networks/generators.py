"""Builds the generators that change a picture's look, out of the weights in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from torch import nn

from pipelines.networks.layers import Chain, LayeredNetwork
from pipelines.networks.parts import conv, norm, out_channels, transposed
from pipelines.networks.recognition import RESNET_BLOCK, UNET_OUTERMOST

if TYPE_CHECKING:
    from pipelines.networks.parts import State
    from pipelines.networks.recognition import Architecture, NetworkSpec

_SLOPE = 0.2  # of every leaky ReLU in these networks


def build_generator(spec: NetworkSpec, state: State) -> LayeredNetwork:
    """The network of `spec`, whose weights are `state`, without its prefix. Raises KeyError."""
    return _BUILDERS[spec.architecture](spec, state)


def _resnet(spec: NetworkSpec, state: State) -> LayeredNetwork:
    """Johnson et al. 2016 as CycleGAN uses it: two halvings, residual blocks, two doublings."""
    chain = Chain()

    def block(made: nn.Module, norm_name: str, reach: int, up: int = 1, down: int = 1) -> None:
        channels = made.out_channels
        assert isinstance(channels, int)
        normed = norm(state, norm_name, spec.norm or "instance", channels)
        chain.add(made, channels, reach, normed, nn.ReLU(inplace=True), up=up, down=down)

    block(conv(state, "model.1", padding=3, mode="reflect"), "model.2", 3)
    for at in (4, 7):
        block(conv(state, f"model.{at}", stride=2, padding=1), f"model.{at + 1}", 1, down=2)
    kinds = {int(m[1]): m[2] for name in state if (m := RESNET_BLOCK.fullmatch(name))}
    for at, kind in sorted(kinds.items()):
        _residual(chain, spec, state, f"model.{at}.{kind}")
    for at in (10 + spec.blocks, 13 + spec.blocks):
        made = transposed(state, f"model.{at}", padding=1, output_padding=1)
        block(made, f"model.{at + 1}", 1, up=2)
    made = conv(state, f"model.{17 + spec.blocks}", padding=3, mode="reflect")
    chain.add(made, 3, 3, None, nn.Tanh())
    return LayeredNetwork(chain.layers)


def _residual(chain: Chain, spec: NetworkSpec, state: State, name: str) -> None:
    before, kind = chain.last, spec.norm or "instance"
    second = 6 if f"{name}.6.weight" in state and state[f"{name}.6.weight"].dim() == 4 else 5
    channels = out_channels(state, f"{name}.1")
    made = conv(state, f"{name}.1", padding=1, mode="reflect")
    chain.add(made, channels, 1, norm(state, f"{name}.2", kind, channels), nn.ReLU(inplace=True))
    made = conv(state, f"{name}.{second}", padding=1, mode="reflect")
    normed = norm(state, f"{name}.{second + 1}", kind, channels)
    chain.add(made, channels, 1, normed, plus=before)


def _unet(spec: NetworkSpec, state: State) -> LayeredNetwork:
    """Isola et al. 2017: each level's output also goes across to the same level on the way up."""
    chain, kind = Chain(), spec.norm or "instance"
    at = UNET_OUTERMOST
    down = conv(state, f"{at}0", stride=2, padding=1)
    chain.add(down, out_channels(state, f"{at}0"), 2, down=2)
    rises, levels = [(f"{at}3", "")], [chain.last]
    at += "1.model."
    for level in range(1, spec.blocks):
        innermost = level == spec.blocks - 1
        channels = out_channels(state, f"{at}1")
        made = nn.Sequential(nn.LeakyReLU(_SLOPE), conv(state, f"{at}1", stride=2, padding=1))
        chain.add(
            made, channels, 2, None if innermost else norm(state, f"{at}2", kind, channels), down=2
        )
        levels.append(chain.last)
        rises.append((f"{at}3", f"{at}4") if innermost else (f"{at}5", f"{at}6"))
        at += "3.model."
    for level in reversed(range(spec.blocks)):
        name, norm_name = rises[level]
        made = nn.Sequential(nn.ReLU(), transposed(state, name, padding=1, output_padding=0))
        channels = int(state[f"{name}.weight"].shape[1])
        inputs = (levels[level],) if level == spec.blocks - 1 else (levels[level], chain.last)
        normed = norm(state, norm_name, kind, channels) if norm_name else None
        chain.add(made, channels, 1, normed, None if norm_name else nn.Tanh(), inputs=inputs, up=2)
    return LayeredNetwork(chain.layers)


def _animegan(_spec: NetworkSpec, state: State) -> LayeredNetwork:
    """AnimeGANv2 (Chen et al. 2020): layer norm, inverted residual blocks, bilinear doublings.

    It enlarges without aligned corners, one of the two ways its authors offer: with them a pixel
    would depend on the size of the whole picture.
    """
    chain = Chain()

    def step(
        name: str, reach: int, first: nn.Module | None = None, up: int = 1, down: int = 1
    ) -> None:
        mirrored = (0, 1, 0, 1) if down == 2 else reach
        made = conv(
            state,
            f"{name}.1",
            stride=down,
            padding=mirrored,
            mode="reflect" if reach else "zeros",
        )
        channels = out_channels(state, f"{name}.1")
        made = made if first is None else nn.Sequential(first, made)
        normed = norm(state, f"{name}.2", "group", channels)
        # Enlarging reads a row more on each side.
        chain.add(made, channels, reach + (first is not None), normed, _leaky(), up=up, down=down)

    def doubled() -> nn.Module:
        return nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)

    step("block_a.0", 3)
    step("block_a.1", 1, down=2)
    step("block_a.2", 1)
    step("block_b.0", 1, down=2)
    step("block_b.1", 1)
    step("block_c.0", 1)
    for number in range(1, 5):
        before = chain.last
        name = f"block_c.{number}.layers"
        step(f"{name}.0", 0)
        step(f"{name}.1", 1)
        channels = out_channels(state, f"{name}.2")
        same = chain.layers[before].channels == channels
        normed = norm(state, f"{name}.3", "group", channels)
        chain.add(conv(state, f"{name}.2"), channels, 0, normed, plus=before if same else None)
    step("block_c.5", 1)
    step("block_d.0", 1, doubled(), up=2)
    step("block_d.1", 1)
    step("block_e.0", 1, doubled(), up=2)
    step("block_e.1", 1)
    step("block_e.2", 3)
    chain.add(conv(state, "out_layer.0"), 3, 0, None, nn.Tanh())
    return LayeredNetwork(chain.layers)


def _leaky() -> nn.Module:
    return nn.LeakyReLU(_SLOPE, inplace=True)


_BUILDERS: Mapping[Architecture, Callable[[NetworkSpec, State], LayeredNetwork]] = {
    "resnet": _resnet,
    "unet": _unet,
    "animegan": _animegan,
}
