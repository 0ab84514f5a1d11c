"""Which device and which numbers are chosen, with accelerators that are only claimed."""

from __future__ import annotations

import pytest
import torch

from pipelines.devices import Device, choose_device, choose_dtype
from pipelines.families import family

CPU, CUDA, MPS = Device("cpu", "CPU"), Device("cuda", "A card"), Device("mps", "Apple GPU")


def claim(monkeypatch: pytest.MonkeyPatch, *kinds: str) -> None:
    """Lets torch say that exactly these accelerators are there."""
    for kind, module in (("cuda", torch.cuda), ("xpu", torch.xpu), ("mps", torch.backends.mps)):
        monkeypatch.setattr(module, "is_available", lambda there=kind in kinds: there)
    for module in (torch.cuda, torch.xpu):
        monkeypatch.setattr(module, "get_device_name", lambda _index: "A card")


@pytest.mark.parametrize(
    ("there", "wanted", "chosen"),
    [
        ((), "auto", "cpu"),
        (("mps",), "auto", "mps"),
        (("cuda", "xpu"), "auto", "cuda"),
        (("cuda", "xpu"), "xpu", "xpu"),
        (("cuda",), "cpu", "cpu"),
        (("cuda",), "mps", "cpu"),  # never another accelerator than the one that was asked for
    ],
)
def test_the_device_asked_for_else_the_processor(
    monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], wanted: str, chosen: str
) -> None:
    claim(monkeypatch, *there)
    device = choose_device(wanted)
    assert device.kind == chosen
    assert device.title
    assert device.accelerated == (chosen != "cpu")


def test_memory_is_used_and_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (3_000, 8_000))
    assert CUDA.memory_bytes() == (5_000, 8_000)
    assert CPU.memory_bytes() is None
    assert MPS.memory_bytes() is None


@pytest.mark.parametrize(
    ("device", "name", "bfloat16", "dtype"),
    [
        (CPU, "sd1", True, torch.float32),
        (CPU, "flux", True, torch.float32),
        (CUDA, "sdxl", True, torch.float16),
        (CUDA, "flux", True, torch.bfloat16),
        (CUDA, "flux", False, torch.float16),  # cards before Ampere
        (MPS, "flux", False, torch.bfloat16),
    ],
)
def test_numbers_are_those_the_family_was_trained_with(
    monkeypatch: pytest.MonkeyPatch, device: Device, name: str, bfloat16: bool, dtype: torch.dtype
) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: bfloat16)
    assert choose_dtype(device, family(name)) is dtype
