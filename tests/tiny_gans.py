"""Small networks with seeded random weights, as the programs that train them define them.

They are written anew from those programs' layouts and share no code with ours: what ours draws has
to equal what they draw.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

Norm = Any


def seeded(made: nn.Module) -> nn.Module:
    """With weights that let every layer matter and no output saturate, in evaluation mode."""
    generator = torch.Generator().manual_seed(7)
    for name, value in made.state_dict().items():
        if value.dtype.is_floating_point:
            noise = torch.randn(value.shape, generator=generator)
            if value.dim() > 1:
                value.copy_(noise / value[0].numel() ** 0.5)
            else:  # a norm's weight and variance are near 1, what is added near 0
                value.copy_(noise * 0.1 + name.endswith(("weight", "running_var")))
    return made.eval()


def save(made: nn.Module, path: Path) -> Path:
    save_file({name: value.contiguous() for name, value in made.state_dict().items()}, path)
    return path


def instance(affine: bool) -> Norm:
    return partial(nn.InstanceNorm2d, affine=affine)


# ---- pytorch-CycleGAN-and-pix2pix --------------------------------------------------------------


class ResnetBlock(nn.Module):
    def __init__(self, width: int, norm: Norm, name: str, dropout: bool) -> None:
        super().__init__()
        layers = [nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), norm(width), nn.ReLU(True)]
        if dropout:
            layers.append(nn.Dropout(0.5))
        layers += [nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), norm(width)]
        self._name = name
        setattr(self, name, nn.Sequential(*layers))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = x + getattr(self, self._name)(x)
        return made


class ResnetGenerator(nn.Module):
    def __init__(
        self,
        norm: Norm,
        blocks: int = 2,
        width: int = 4,
        name: str = "conv_block",
        dropout: bool = False,
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = [
            nn.ReflectionPad2d(3), nn.Conv2d(3, width, 7), norm(width), nn.ReLU(True),
        ]  # fmt: skip
        for factor in (1, 2):
            now = width * factor
            layers += [nn.Conv2d(now, 2 * now, 3, 2, 1), norm(2 * now), nn.ReLU(True)]
        layers += [ResnetBlock(4 * width, norm, name, dropout) for _ in range(blocks)]
        for factor in (4, 2):
            now = width * factor
            up = nn.ConvTranspose2d(now, now // 2, 3, 2, 1, output_padding=1)
            layers += [up, norm(now // 2), nn.ReLU(True)]
        layers += [nn.ReflectionPad2d(3), nn.Conv2d(width, 3, 7), nn.Tanh()]
        self.model = nn.Sequential(*layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.model(x)
        return made


class UnetBlock(nn.Module):
    def __init__(
        self, outer: int, inner: int, norm: Norm, inside: UnetBlock | None, outermost: bool = False
    ) -> None:
        super().__init__()
        self.outermost = outermost
        down = nn.Conv2d(3 if outermost else outer, inner, 4, 2, 1)
        up = nn.ConvTranspose2d(inner * (1 if inside is None else 2), outer, 4, 2, 1)
        leaky, relu = nn.LeakyReLU(0.2, True), nn.ReLU(True)
        if outermost:
            layers = [down, inside, relu, up, nn.Tanh()]
        elif inside is None:
            layers = [leaky, down, relu, up, norm(outer)]
        else:
            layers = [leaky, down, norm(inner), inside, relu, up, norm(outer)]
        self.model = nn.Sequential(*layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.model(x)
        return made if self.outermost else torch.cat([x, made], 1)


class UnetGenerator(nn.Module):
    def __init__(self, norm: Norm, levels: int = 4, width: int = 4) -> None:
        super().__init__()
        inside = UnetBlock(2 * width, 2 * width, norm, None)
        for _ in range(levels - 3):
            inside = UnetBlock(2 * width, 2 * width, norm, inside)
        inside = UnetBlock(width, 2 * width, norm, inside)
        self.model = UnetBlock(3, width, norm, inside, outermost=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.model(x)
        return made


# ---- animegan2-pytorch -------------------------------------------------------------------------


class ConvNormLReLU(nn.Sequential):
    def __init__(
        self, taken: int, out: int, kernel: int = 3, stride: int = 1, padding: Any = 1, **how: Any
    ) -> None:
        super().__init__(
            nn.ReflectionPad2d(padding),
            nn.Conv2d(taken, out, kernel, stride, 0, **({"bias": False} | how)),
            nn.GroupNorm(1, out),
            nn.LeakyReLU(0.2, True),
        )


class InvertedResBlock(nn.Module):
    def __init__(self, taken: int, out: int) -> None:
        super().__init__()
        wide = 2 * taken
        self.same = taken == out
        self.layers = nn.Sequential(
            ConvNormLReLU(taken, wide, 1, padding=0),
            ConvNormLReLU(wide, wide, groups=wide, bias=True),
            nn.Conv2d(wide, out, 1, bias=False),
            nn.GroupNorm(1, out),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.layers(x)
        return x + out if self.same else out


class AnimeGenerator(nn.Module):
    def __init__(self, w: int = 4) -> None:
        super().__init__()
        uneven = (0, 1, 0, 1)
        self.block_a = nn.Sequential(
            ConvNormLReLU(3, w, 7, padding=3),
            ConvNormLReLU(w, 2 * w, 3, 2, uneven),
            ConvNormLReLU(2 * w, 2 * w),
        )
        self.block_b = nn.Sequential(
            ConvNormLReLU(2 * w, 4 * w, 3, 2, uneven), ConvNormLReLU(4 * w, 4 * w)
        )
        self.block_c = nn.Sequential(
            ConvNormLReLU(4 * w, 4 * w),
            InvertedResBlock(4 * w, 8 * w),
            *(InvertedResBlock(8 * w, 8 * w) for _ in range(3)),
            ConvNormLReLU(8 * w, 4 * w),
        )
        self.block_d = nn.Sequential(ConvNormLReLU(4 * w, 4 * w), ConvNormLReLU(4 * w, 4 * w))
        self.block_e = nn.Sequential(
            ConvNormLReLU(4 * w, 2 * w),
            ConvNormLReLU(2 * w, 2 * w),
            ConvNormLReLU(2 * w, w, 7, padding=3),
        )
        self.out_layer = nn.Sequential(nn.Conv2d(w, 3, 1, bias=False), nn.Tanh())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        def doubled(features: torch.Tensor) -> torch.Tensor:
            return functional.interpolate(
                features, scale_factor=2, mode="bilinear", align_corners=False
            )

        deep = self.block_c(self.block_b(self.block_a(x)))
        made: torch.Tensor = self.out_layer(self.block_e(doubled(self.block_d(doubled(deep)))))
        return made


# ---- BasicSR and Real-ESRGAN -------------------------------------------------------------------


class DenseBlock(nn.Module):
    def __init__(self, width: int, grown: int) -> None:
        super().__init__()
        for i in range(4):
            setattr(self, f"conv{i + 1}", nn.Conv2d(width + i * grown, grown, 3, 1, 1))
        self.conv5 = nn.Conv2d(width + 4 * grown, width, 3, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        known = x
        for i in range(4):
            new = functional.leaky_relu(getattr(self, f"conv{i + 1}")(known), 0.2)
            known = torch.cat((known, new), 1)
        made: torch.Tensor = self.conv5(known) * 0.2 + x
        return made


class ResidualDense(nn.Module):
    def __init__(self, width: int, grown: int) -> None:
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (DenseBlock(width, grown) for _ in range(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.rdb3(self.rdb2(self.rdb1(x))) * 0.2 + x
        return made


class RrdbNet(nn.Module):
    """×4, or ×2 where the picture is folded first, as in RealESRGAN_x2plus."""

    def __init__(self, scale: int = 4, width: int = 8, grown: int = 4, blocks: int = 2) -> None:
        super().__init__()
        self.folded = 4 // scale
        self.conv_first = nn.Conv2d(3 * self.folded**2, width, 3, 1, 1)
        self.body = nn.Sequential(*(ResidualDense(width, grown) for _ in range(blocks)))
        for name in ("conv_body", "conv_up1", "conv_up2", "conv_hr"):
            setattr(self, name, nn.Conv2d(width, width, 3, 1, 1))
        self.conv_last = nn.Conv2d(width, 3, 3, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.conv_first(functional.pixel_unshuffle(x, self.folded))
        out = first + self.conv_body(self.body(first))
        for up in (self.conv_up1, self.conv_up2):
            out = functional.leaky_relu(up(functional.interpolate(out, scale_factor=2)), 0.2)
        made: torch.Tensor = self.conv_last(functional.leaky_relu(self.conv_hr(out), 0.2))
        return made


class CompactNet(nn.Module):
    def __init__(self, scale: int = 2, width: int = 8, convs: int = 2) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, width, 3, 1, 1), nn.PReLU(width)]
        for _ in range(convs):
            layers += [nn.Conv2d(width, width, 3, 1, 1), nn.PReLU(width)]
        layers.append(nn.Conv2d(width, 3 * scale**2, 3, 1, 1))
        self.body = nn.ModuleList(layers)
        self.scale = scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = x
        for layer in self.body:
            out = layer(out)
        base = functional.interpolate(x, scale_factor=self.scale)
        return functional.pixel_shuffle(out, self.scale) + base


def old_names(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights of an RrdbNet as ESRGAN's first release named them."""
    blocks = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("body."))
    whole = {
        "conv_first": "model.0", "conv_body": f"model.1.sub.{blocks}", "conv_up1": "model.3",
        "conv_up2": "model.6", "conv_hr": "model.8", "conv_last": "model.10",
    }  # fmt: skip
    found = {}
    for name, value in state.items():
        head, _, tail = name.partition(".")
        if head == "body":
            number, dense, conv, kind = tail.split(".")
            found[f"model.1.sub.{number}.{dense.upper()}.{conv}.0.{kind}"] = value
        else:
            found[f"{whole[head]}.{tail}"] = value
    return found
