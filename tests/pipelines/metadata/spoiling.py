"""Spoils pictures in every way, reads them, and measures what that took."""

from __future__ import annotations

import io
import random
import struct
import sys
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
from PIL import Image

from pipelines.api import PipelineError
from pipelines.pictures import DigitalSource, open_rgb, read_info, save_picture
from tests.mutating import mutated
from tests.pipelines.metadata.samples import FORMATS, RECIPE, noise, save

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Toll:
    """The codes of all refusals, the slowest file's seconds, and the rise of the peak in bytes."""

    refusals: frozenset[str]
    slowest: float
    memory: int


def read_spoiled(folder: Path, rounds: int, seed: int = 20_26) -> Toll:
    """Reads so many spoiled pictures; what they raise but PipelineError comes through."""
    samples = _samples(folder)
    chooser = random.Random(seed)
    path = folder / "spoiled.png"
    refusals = set()
    slowest, before = 0.0, _peak()
    for _ in range(rounds):
        data = mutated(chooser.choice(samples), chooser)
        path.write_bytes(_with_right_sums(data) if chooser.random() < 0.5 else data)
        begun = time.perf_counter()
        for action in (read_info, open_rgb):
            try:
                action(path)
            except PipelineError as error:
                refusals.add(error.code)
        slowest = max(slowest, time.perf_counter() - begun)
    return Toll(frozenset(refusals), slowest, _peak() - before)


def _peak() -> int:
    """The most memory that this process ever held, in bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _samples(folder: Path) -> list[bytes]:
    samples = []
    for suffix in FORMATS:
        samples.append(save(folder, suffix).read_bytes())
        save_picture(Image.new("L", (2, 2)), folder / f"s.{suffix}", RECIPE, DigitalSource.ENHANCED)
        samples.append((folder / f"s.{suffix}").read_bytes())
    buffer = io.BytesIO()
    noise().quantize(8).save(buffer, "PNG", transparency=0)
    return [*samples, buffer.getvalue()]


def _with_right_sums(data: bytes) -> bytes:
    """A PNG whose checksums fit again, so that decoders look at what was spoiled."""
    fixed, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        size = struct.unpack_from(">I", data, at)[0]
        chunk = data[at + 4 : at + 8 + size]
        fixed += data[at : at + 8 + size] + struct.pack(">I", zlib.crc32(chunk))
        at += 12 + size
    return bytes(fixed)
