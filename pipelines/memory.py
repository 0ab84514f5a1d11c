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


def place(pipe: Any, device: Device, size_bytes: int, share: float) -> bool:
    """Moves the pipeline to the device, or part by part while it runs if all would not fit.

    `share` (0 to 1) of the device's memory is what the program may use. Returns whether the
    parts wait in main memory.
    """
    found = device.memory_bytes()
    if found is None or found[1] * share - found[0] >= size_bytes + WORKING_BYTES:
        try:
            pipe.to(device.kind)
        except RuntimeError as error:  # `size_bytes` is that of the files, not of what they become
            if not (device.accelerated and is_out_of_memory(error)):
                raise
        else:
            return False
    empty_cache()
    pipe.enable_model_cpu_offload(device=device.kind)
    return True


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

    They stay in force for the model that needed them. `offloaded` says that its parts wait in
    main memory, from the beginning or since the last rung.
    """

    def __init__(self, *, offloaded: bool = False) -> None:
        self.notes: tuple[str, ...] = ()
        self.one_at_a_time = False
        self.offloaded = offloaded

    def climb(self, pipe: Any, device: Device, batch_size: int) -> bool:
        """Takes the next rung that helps here; False when there is none left."""
        empty_cache()
        note = self._take(pipe, device, batch_size)
        if note:
            self.notes = (*self.notes, f"Memory was short: {note}.")
        return bool(note)

    def _take(self, pipe: Any, device: Device, batch_size: int) -> str:
        if hasattr(pipe.vae, "enable_tiling") and not pipe.vae.use_tiling:
            pipe.vae.enable_tiling()
            pipe.vae.enable_slicing()
            return "pictures were decoded in tiles"
        if batch_size > 1 and not self.one_at_a_time:
            self.one_at_a_time = True
            return "pictures were drawn one at a time"
        if device.accelerated and not self.offloaded:
            self.offloaded = True
            pipe.enable_model_cpu_offload(device=device.kind)
            return "parts of the model waited in main memory"
        return ""
