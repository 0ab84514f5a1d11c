"""Pickled weights become `.safetensors` in a process of their own, which can hold nothing else."""

from __future__ import annotations

import multiprocessing as mp
import pickle
import sys
from typing import TYPE_CHECKING

from pipelines import environment
from pipelines.api import PipelineError
from pipelines.atomic import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NESTED = ("params_ema", "params", "state_dict")
"""Where trainers put the weights beside other things; the smoothed ones come first."""

_PAUSE = 0.1  # seconds between two looks at the process
_REFUSED = 3  # its exit code when the pickle asks for more than weights


def convert_state_dict(source: Path, target: Path, check: Callable[[], None]) -> None:
    """Writes the state dict that lies pickled in `source` as safetensors, byte for byte repeatable.

    `check` is called ten times a second and may raise to end it. Raises PipelineError: "pickle"
    when the file asks for anything but tensors, "convert_failed" when the process ends otherwise.
    """
    process = mp.get_context("spawn").Process(target=_convert, args=(source, target), daemon=False)
    process.start()
    try:
        while process.is_alive():
            check()
            process.join(_PAUSE)
    except BaseException:
        process.kill()
        process.join()
        raise
    if process.exitcode == _REFUSED:
        raise PipelineError(
            "pickle",
            f"“{source.name}” asks for more than weights: opening it could run a program.",
            "It was not opened. Choose the .safetensors version of the model.",
        )
    if process.exitcode:
        raise PipelineError(
            "convert_failed",
            f"“{source.name}” could not be converted (exit code {process.exitcode}).",
            "Close other programs and make room on the disk, then try again.",
        )


def _convert(source: Path, target: Path) -> None:
    """The process itself; torch is imported nowhere else."""
    environment.harden()
    import torch
    from safetensors.torch import save

    try:
        # Saved on a graphics card, it would look for one. Nothing but tensors is let through.
        found = torch.load(source, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        sys.exit(_REFUSED)
    if isinstance(found, dict):
        found = next((found[name] for name in _NESTED if isinstance(found.get(name), dict)), found)
    if not isinstance(found, dict) or not all(
        isinstance(name, str) and isinstance(value, torch.Tensor) for name, value in found.items()
    ):
        sys.exit(_REFUSED)
    write_bytes(target, save({name: value.contiguous() for name, value in found.items()}))
