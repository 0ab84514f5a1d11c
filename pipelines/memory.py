"""Makes a model fit: where its parts lie, and what is tried when memory runs out."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from pipelines.devices import Device

# What a picture takes beside the weights, so much must stay free (InvokeAI keeps 3 GB, ComfyUI
# 0.8 GB and a reserve of the system's).
WORKING_BYTES = 2 * 1024**3


def place(pipe: Any, device: Device, size_bytes: int, share: float) -> None:
    """Moves the pipeline to the device, or part by part while it runs if all would not fit.

    `share` (0 to 1) of the device's memory is what the program may use.
    """
    found = device.memory_bytes()
    if found is not None and found[1] * share - found[0] < size_bytes + WORKING_BYTES:
        pipe.enable_model_cpu_offload(device=device.kind)
    else:
        pipe.to(device.kind)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` is a device's or the system's lack of memory, in any of its guises."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and (
        "DefaultCPUAllocator" in text or "out of memory" in text.lower()
    )


def empty_cache() -> None:
    """Gives unused memory of accelerators back to the system."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()


class Ladder:
    """The rungs that are climbed one by one when memory runs out; `notes` says which were.

    They stay in force for the model that needed them.
    """

    def __init__(self) -> None:
        self.notes: tuple[str, ...] = ()
        self.one_at_a_time = False
        self._rung = 0

    def climb(self, pipe: Any, device: Device) -> bool:
        """Takes the next rung that this pipeline has; False when there is none left."""
        empty_cache()
        while self._rung < 3:
            self._rung += 1
            note = self._take(pipe, device)
            if note:
                self.notes = (*self.notes, f"Memory was short: {note}.")
                return True
        return False

    def _take(self, pipe: Any, device: Device) -> str:
        if self._rung == 1 and hasattr(pipe.vae, "enable_tiling"):
            pipe.vae.enable_tiling()
            pipe.vae.enable_slicing()
            return "pictures were decoded in tiles"
        if self._rung == 2:
            self.one_at_a_time = True
            return "pictures were drawn one at a time"
        if self._rung == 3 and device.accelerated:
            pipe.enable_model_cpu_offload(device=device.kind)
            return "parts of the model waited in main memory"
        return ""
