"""The header of a `.safetensors` file: names, shapes and metadata without reading a weight."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.api import PipelineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_HEADER = 100_000_000
"""Bytes; the limit of the safetensors library."""

MAX_METADATA = 64 * 1024
"""Characters of metadata that are kept. Some trainers write megabytes of word counts."""

_MAX_DIMENSIONS = 32

_BITS = {
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    **dict.fromkeys(
        ("BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8
    ),
    **dict.fromkeys(("U16", "I16", "F16", "BF16"), 16),
    **dict.fromkeys(("U32", "I32", "F32"), 32),
    **dict.fromkeys(("U64", "I64", "F64", "C64"), 64),
}

_AGAIN = "Download it again."
_SAFETENSORS_HINT = "Choose the .safetensors version of the model."

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (
        b"GGUF",
        "is a GGUF file, which picture models are not read from",
        _SAFETENSORS_HINT,
    ),
    (
        b"version https://git-lfs",
        "holds only the address of the model (a Git LFS pointer)",
        "Run “git lfs pull” in its folder, or download the file itself.",
    ),
    (
        b"<",
        "is a web page, not a model",
        "Download the file itself: the page is what the site showed instead.",
    ),
)
"""First bytes of what people take for a model, what is said about it, and what helps."""


class TensorInfo(NamedTuple):
    """The number format, as "F16", and the shape."""

    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself. `size` is the whole file in bytes.

    `metadata` is text of strangers, cut to MAX_METADATA characters by leaving out the longest
    entries.
    """

    tensors: Mapping[str, TensorInfo]
    metadata: Mapping[str, str]
    size: int


def read_header(path: Path) -> Header:
    """Reads the header and checks that the file is as long as its header says.

    What the file is, its first bytes say, never its name. Raises PipelineError with the code
    `not_found`, `unreadable`, `truncated`, `pickle` or `not_a_model`.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            start = file.read(9)
            length = int.from_bytes(start[:8], "little")
            if size < 9 or start[8:] != b"{" or length > MAX_HEADER:
                raise _not_safetensors(path, start + file.read(4096), size)
            text = start[8:] + file.read(length - 1)
    except FileNotFoundError:
        raise PipelineError(
            "not_found", f"There is no file {path}.", "Was it moved, or its disk unplugged?"
        ) from None
    except OSError as error:
        raise PipelineError(
            "unreadable",
            f"{path} cannot be read: {error.strerror}.",
            "Check that it is a file and that you may read it.",
        ) from error
    if len(text) < length:
        raise _truncated(path, 8 + length, size)
    try:
        tensors, metadata, end = _parse(text)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PipelineError(
            "not_a_model", f"{path.name} is damaged: its header makes no sense.", _AGAIN
        ) from error
    if 8 + length + end > size:
        raise _truncated(path, 8 + length + end, size)
    if 8 + length + end < size:
        raise PipelineError(
            "not_a_model", f"{path.name} is damaged: more follows after its last weight.", _AGAIN
        )
    return Header(tensors, metadata, size)


def _parse(text: bytes) -> tuple[dict[str, TensorInfo], dict[str, str], int]:
    """Tensors, metadata and the number of bytes of weights. Raises what malformed input causes."""
    raw = json.loads(text)
    metadata = _metadata(raw.pop("__metadata__", {}))
    tensors: dict[str, TensorInfo] = {}
    spans: list[tuple[int, int]] = []
    # An adapter has thousands of tensors of a dozen shapes: each shape is checked once.
    known: dict[tuple[Any, ...], tuple[TensorInfo, int]] = {}
    for name, entry in raw.items():
        key = (entry["dtype"], *entry["shape"])
        if key not in known:
            known[key] = _info(*key)
        info, size = known[key]
        begin, end = entry["data_offsets"]
        if type(begin) is not int or type(end) is not int or end - begin != size:
            raise ValueError(name)
        tensors[name] = info
        spans.append((begin, end))
    return tensors, metadata, _end_of(spans)


def _info(dtype: Any, *shape: Any) -> tuple[TensorInfo, int]:
    """Number format and shape, and the bytes they take. Raises what malformed input causes."""
    # The types come before any arithmetic: a list times a number would be a list.
    if any(type(side) is not int or side < 0 for side in shape) or len(shape) > _MAX_DIMENSIONS:
        raise ValueError(shape)
    size, rest = divmod(prod(shape) * _BITS[dtype], 8)
    if rest:
        raise ValueError(shape)
    return TensorInfo(dtype, shape), size


def _end_of(spans: list[tuple[int, int]]) -> int:
    """Where the weights end. Raises ValueError where two overlap or a gap lies between them."""
    position = 0
    for begin, end in sorted(spans):
        if begin != position:
            raise ValueError(begin)
        position = end
    return position


def _metadata(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise TypeError("__metadata__")
    kept: dict[str, str] = {}
    room = MAX_METADATA
    for key, value in sorted(raw.items(), key=lambda item: len(item[0]) + len(item[1])):
        room -= len(key) + len(value)
        if room < 0:
            break
        kept[key] = value
    return kept


def _truncated(path: Path, expected: int, size: int) -> PipelineError:
    return PipelineError(
        "truncated",
        f"{path.name} is incomplete: {size:,} of {expected:,} bytes are there.",
        "Its download was interrupted: download it again.",
    )


def _not_safetensors(path: Path, start: bytes, size: int) -> PipelineError:
    """Says what a file is that is not in the safetensors format."""
    if not size:
        return PipelineError("truncated", f"{path.name} is empty.", _AGAIN)
    if _is_pickle(start):
        return PipelineError(
            "pickle",
            f"{path.name} is a pickle checkpoint: opening it could run a stranger's program.",
            _SAFETENSORS_HINT,
        )
    for magic, message, hint in _FOREIGN:
        if start.startswith(magic):
            return PipelineError("not_a_model", f"{path.name} {message}.", hint)
    return PipelineError("not_a_model", f"{path.name} is not a model file.", _SAFETENSORS_HINT)


def _is_pickle(start: bytes) -> bool:
    """A bare pickle of protocol 2 to 5, or torch's zip archive with a pickle inside."""
    if start.startswith(b"PK\x03\x04"):
        return b"data.pkl" in start
    return len(start) > 1 and start[0] == 0x80 and 2 <= start[1] <= 5
