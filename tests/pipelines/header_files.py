"""Writes `.safetensors` files with a real header over weights of zero, which take no disk."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path

Shapes = Mapping[str, Sequence[int]]


def write_safetensors(
    path: Path, shapes: Shapes, metadata: Mapping[str, str] | None = None, missing: int = 0
) -> Path:
    """All tensors in half precision. `missing` bytes are cut off at the end."""
    header: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    end = 0
    for name, shape in shapes.items():
        begin, end = end, end + 2 * prod(shape)
        header[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [begin, end]}
    return write_raw(path, json.dumps(header).encode(), end - missing)


def write_raw(path: Path, header: bytes, weights: int = 0, length: int | None = None) -> Path:
    """`header` as it is, announced with `length` (else its own), then `weights` zeros."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header) if length is None else length) + header)
        file.truncate(8 + len(header) + weights)
    return path
