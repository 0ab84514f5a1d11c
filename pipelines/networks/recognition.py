"""Which picture-to-picture network a file holds, told by the names and shapes of its weights.

The names are those of the programs that trained them: junyanz' pytorch-CycleGAN-and-pix2pix
(`models/networks.py`), bryandlee's animegan2-pytorch (`model.py`), BasicSR
(`archs/rrdbnet_arch.py`), ESRGAN (`RRDBNet_arch.py`, `architecture.py`) and Real-ESRGAN
(`archs/srvgg_arch.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isqrt
from typing import Literal

Shapes = Mapping[str, tuple[int, ...]]

Architecture = Literal["resnet", "unet", "animegan", "rrdb", "srvgg"]
Norm = Literal["instance", "batch", "group"]

TITLES: Mapping[Architecture, str] = {
    "resnet": "CycleGAN ResNet",
    "unet": "pix2pix U-Net",
    "animegan": "AnimeGANv2",
    "rrdb": "ESRGAN",
    "srvgg": "Real-ESRGAN compact",
}

_PREFIXES = ("module.", "params_ema.", "params.", "netG.")


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """What has to be known to build the network.

    `blocks` are residual blocks, or the levels of a U-Net. `scale` is how many times a side grows;
    1 for networks that change the look. `prefix` stands before all its names in the file.
    `multiple` is what both sides of its input have to be multiples of.
    """

    architecture: Architecture
    blocks: int
    scale: int = 1
    norm: Norm | None = None
    multiple: int = 1
    prefix: str = ""

    @property
    def title(self) -> str:
        """As a person knows it: "CycleGAN ResNet-9", "ESRGAN ×4"."""
        name = TITLES[self.architecture]
        if self.architecture == "resnet":
            return f"{name}-{self.blocks}"
        if self.architecture == "unet":
            return f"{name}-{self.multiple}"
        return f"{name} ×{self.scale}" if self.architecture in ("rrdb", "srvgg") else name

    @property
    def enlarges(self) -> bool:
        return self.architecture in ("rrdb", "srvgg")


def recognise(shapes: Shapes) -> NetworkSpec | None:
    """The network whose weights have these names and shapes; None if it is none of these."""
    prefix = common_prefix(shapes)
    plain = {name.removeprefix(prefix): shape for name, shape in shapes.items()}
    for look in (_resnet, _unet, _animegan, _rrdb, _srvgg):
        spec = look(plain, prefix)
        if spec is not None:
            return spec
    return None


def common_prefix(names: Iterable[str]) -> str:
    """What a trainer or a converter put before every name; "" where it did not."""
    rest = list(names)
    prefix = ""
    while rest and (
        found := next((p for p in _PREFIXES if all(n.startswith(p) for n in rest)), "")
    ):
        prefix += found
        rest = [name.removeprefix(found) for name in rest]
    return prefix


# ---- generators that change the look -----------------------------------------------------------

RESNET_BLOCK = re.compile(r"model\.(\d+)\.(conv_block|block)\.1\.weight")
"""The first convolution of a residual block; PyTorch examples call the block `block`."""

_RESNET_ENCODER = 10  # modules before the first residual block


def _resnet(shapes: Shapes, prefix: str) -> NetworkSpec | None:
    blocks = sorted(int(m[1]) for name in shapes if (m := RESNET_BLOCK.fullmatch(name)))
    if not blocks or blocks != list(range(_RESNET_ENCODER, _RESNET_ENCODER + len(blocks))):
        return None
    out = f"model.{_RESNET_ENCODER + len(blocks) + 7}.weight"
    stem = shapes.get("model.1.weight", ())
    if stem[1:] != (3, 7, 7) or shapes.get(out, ())[::3] != (3, 7):
        return None
    return NetworkSpec("resnet", len(blocks), 1, _norm(shapes, "model.2"), 4, prefix)


def _norm(shapes: Shapes, name: str) -> Norm:
    """Old instance norms tracked statistics that they never used, and had no weights."""
    tracked = f"{name}.running_mean" in shapes and f"{name}.weight" in shapes
    return "batch" if tracked else "instance"


UNET_OUTERMOST = "model.model."


def _unet(shapes: Shapes, prefix: str) -> NetworkSpec | None:
    stem = shapes.get(f"{UNET_OUTERMOST}0.weight", ())
    if stem[1:] != (3, 4, 4) or shapes.get(f"{UNET_OUTERMOST}3.weight", ())[1:2] != (3,):
        return None
    levels, at = 1, f"{UNET_OUTERMOST}1.model."
    while f"{at}5.weight" in shapes:
        levels, at = levels + 1, f"{at}3.model."
    if f"{at}3.weight" not in shapes:
        return None
    levels += 1
    return NetworkSpec("unet", levels, 1, _norm(shapes, f"{at}4"), 2**levels, prefix)


def _animegan(shapes: Shapes, prefix: str) -> NetworkSpec | None:
    stem = shapes.get("block_a.0.1.weight", ())
    out = shapes.get("out_layer.0.weight", ())
    if stem[1:] != (3, 7, 7) or out[:1] != (3,) or "block_c.4.layers.2.weight" not in shapes:
        return None
    return NetworkSpec("animegan", 4, 1, "group", 4, prefix)


# ---- networks that enlarge ---------------------------------------------------------------------

_OLD_DENSE = re.compile(r"(?:model\.1\.sub|RRDB_trunk)\.(\d+)\.RDB(\d)\.conv(\d)(?:\.0)?\.(\w+)")
_OLD_TRUNK = re.compile(r"model\.1\.sub\.\d+\.(weight|bias)")
_OLD_REST = re.compile(r"model\.(\d+)\.(weight|bias)")
_ESRGAN_NAMES = {
    "trunk_conv": "conv_body", "upconv1": "conv_up1", "upconv2": "conv_up2", "HRconv": "conv_hr",
}  # fmt: skip


def rrdb_names(names: Iterable[str]) -> dict[str, str]:
    """BasicSR's names for the weights of an ESRGAN in any of its three layouts, by their own."""
    own = list(names)
    numbers = sorted({int(m[1]) for name in own if (m := _OLD_REST.fullmatch(name))})
    places = {}
    if numbers:  # the first, those that enlarge, two at the end
        middle = [f"conv_up{i + 1}" for i in range(len(numbers) - 3)]
        places = dict(zip(numbers, ["conv_first", *middle, "conv_hr", "conv_last"], strict=False))
    found = {}
    for name in own:
        head, _, tail = name.partition(".")
        if dense := _OLD_DENSE.fullmatch(name):
            found[name] = f"body.{dense[1]}.rdb{dense[2]}.conv{dense[3]}.{dense[4]}"
        elif trunk := _OLD_TRUNK.fullmatch(name):
            found[name] = f"conv_body.{trunk[1]}"
        elif (rest := _OLD_REST.fullmatch(name)) and int(rest[1]) in places:
            found[name] = f"{places[int(rest[1])]}.{rest[2]}"
        else:
            found[name] = f"{_ESRGAN_NAMES.get(head, head)}.{tail}"
    return found


def _rrdb(shapes: Shapes, prefix: str) -> NetworkSpec | None:
    names = rrdb_names(shapes)
    plain = {names[name]: shape for name, shape in shapes.items()}
    blocks = 0
    while f"body.{blocks}.rdb3.conv5.weight" in plain:
        blocks += 1
    first, last = plain.get("conv_first.weight", ()), plain.get("conv_last.weight", ())
    if not blocks or len(first) != 4 or last[:1] != (3,) or "conv_body.weight" not in plain:
        return None
    grown = 2 ** sum(f"conv_up{i}.weight" in plain for i in range(1, 4))
    # Real-ESRGAN's ×2 and ×1 networks fold the picture into channels first.
    folded = isqrt(first[1] // 3)
    if folded not in (1, 2, 4) or first[1] != 3 * folded**2 or grown % folded:
        return None
    return NetworkSpec("rrdb", blocks, grown // folded, None, folded, prefix)


def _srvgg(shapes: Shapes, prefix: str) -> NetworkSpec | None:
    convolutions = sorted(
        int(name.split(".")[1])
        for name, shape in shapes.items()
        if re.fullmatch(r"body\.\d+\.weight", name) and len(shape) == 4
    )
    if len(convolutions) < 2 or shapes["body.0.weight"][1:] != (3, 3, 3):
        return None
    scale = isqrt(shapes[f"body.{convolutions[-1]}.weight"][0] // 3)
    if shapes[f"body.{convolutions[-1]}.weight"][0] != 3 * scale**2:
        return None
    return NetworkSpec("srvgg", len(convolutions) - 2, scale, None, 1, prefix)
