"""On what a model runs, and with what numbers. Only the child asks, it takes a torch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from pipelines.families import Family


@dataclass(frozen=True, slots=True)
class Device:
    """`kind` is torch's name ("cuda", "mps", "xpu", "cpu"), `title` a person's."""

    kind: str
    title: str

    @property
    def accelerated(self) -> bool:
        return self.kind != "cpu"

    def memory_bytes(self) -> tuple[int, int] | None:
        """Bytes of the device's own memory: used now, and all; None where torch cannot tell."""
        if self.kind == "cuda":
            free, total = torch.cuda.mem_get_info()
        elif self.kind == "xpu":
            free, total = torch.xpu.mem_get_info()
        else:
            return None
        return int(total) - int(free), int(total)


def choose_device(wanted: str = "auto") -> Device:
    """The device named by `wanted`, or the fastest there is. One that is not there becomes CPU."""
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return Device("cuda", torch.cuda.get_device_name(0))
    if wanted in ("auto", "xpu") and torch.xpu.is_available():
        return Device("xpu", torch.xpu.get_device_name(0))
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return Device("mps", "Apple GPU")
    return Device("cpu", f"CPU, {os.cpu_count()} cores")


def choose_dtype(device: Device, family: Family) -> torch.dtype:
    """Half precision on accelerators, in the kind the family was trained for; float32 on a CPU.

    Flow models overflow in float16 (their text encoders and transformers were trained in
    bfloat16); Stable Diffusion's weights were published in float16.
    """
    if not device.accelerated:
        return torch.float32
    if family.flow and (device.kind != "cuda" or torch.cuda.is_bf16_supported()):
        return torch.bfloat16
    return torch.float16
