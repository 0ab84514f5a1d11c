"""Any bytes at all: a picture is read or refused, and nothing else happens."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from pipelines.api import PipelineError
from pipelines.pictures import DigitalSource, open_rgb, read_info, save_picture
from tests.mutating import mutated
from tests.pipelines.metadata.samples import FORMATS, RECIPE, noise, save


def _with_right_sums(data: bytes) -> bytes:
    """A PNG whose checksums fit again, so that decoders look at what was spoiled."""
    fixed, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        size = struct.unpack_from(">I", data, at)[0]
        chunk = data[at + 4 : at + 8 + size]
        fixed += data[at : at + 8 + size] + struct.pack(">I", zlib.crc32(chunk))
        at += 12 + size
    return bytes(fixed)


def _fuzz(folder: Path, rounds: int) -> None:
    samples = []
    for suffix in FORMATS:
        samples.append(save(folder, suffix).read_bytes())
        save_picture(Image.new("L", (2, 2)), folder / f"s.{suffix}", RECIPE, DigitalSource.ENHANCED)
        samples.append((folder / f"s.{suffix}").read_bytes())
    buffer = io.BytesIO()
    noise().quantize(8).save(buffer, "PNG", transparency=0)
    samples.append(buffer.getvalue())
    chooser = random.Random(20_26)
    path = folder / "spoiled.png"
    refusals = set()
    for _ in range(rounds):
        data = mutated(chooser.choice(samples), chooser)
        path.write_bytes(_with_right_sums(data) if chooser.random() < 0.5 else data)
        for action in (read_info, open_rgb):
            try:
                action(path)
            except PipelineError as error:
                refusals.add(error.code)
    assert refusals == {"bad_picture"}


def test_spoiled_pictures_are_refused_or_read(tmp_path: Path) -> None:
    _fuzz(tmp_path, 2_000)


@pytest.mark.slow
def test_many_spoiled_pictures_are_refused_or_read(tmp_path: Path) -> None:
    _fuzz(tmp_path, 10_000)
