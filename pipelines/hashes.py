"""The sha256 of weights, remembered until the file changes."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipelines.atomic import write_json
from pipelines.model_folder import component_weights

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.model_ref import ModelRef

_CHUNK = 4 * 1024 * 1024
_MAX_ENTRIES = 10_000

Report = Callable[[int, int], None]


def file_sha256(path: Path, cache_file: Path | None = None, progress: Report | None = None) -> str:
    """The sha256 of a file in hexadecimal.

    With `cache_file` the answer for the same path, size and time of change comes from there;
    a cache that cannot be written only costs time.
    `progress(done, total)` in bytes is called after each 4 MiB. Raises OSError.
    """
    status = path.stat()
    stamp = [status.st_size, status.st_mtime_ns]
    key = str(path.resolve())
    known = _read(cache_file) if cache_file else {}
    entry = known.get(key)
    if entry is not None and entry[:2] == stamp:
        return str(entry[2])
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, status.st_size)
    if cache_file is not None:
        # Read again: another process may have added to it meanwhile.
        known = _read(cache_file)
        known.pop(key, None)
        known[key] = [*stamp, digest.hexdigest()]
        with contextlib.suppress(OSError):
            cache_file.parent.mkdir(parents=True, exist_ok=True)
            write_json(cache_file, dict(list(known.items())[-_MAX_ENTRIES:]))
    return digest.hexdigest()


def sha256_of_shards(
    files: Sequence[Path], cache_file: Path | None = None, progress: Report | None = None
) -> str:
    """The sha256 of the only file, or of the sha256s (hexadecimal, in order) of several.

    Parameters and errors are those of `file_sha256`; the progress is that of each file.
    """
    hashes = [file_sha256(file, cache_file, progress) for file in files]
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def weights_files(ref: ModelRef) -> list[Path]:
    """The files whose hash names the model: the shards of its U-Net or transformer.

    For a single file it is the file itself.
    """
    if ref.kind == "file":
        return [ref.path]
    component = "unet" if (ref.path / "unet").is_dir() else "transformer"
    return component_weights(ref.path / component)[1]


def vae_files(ref: ModelRef) -> list[Path]:
    """The weights of the model's VAE. For a single file it is the file itself."""
    return [ref.path] if ref.kind == "file" else component_weights(ref.path / "vae")[1]


def _read(cache_file: Path) -> dict[str, list[int | str]]:
    """Only the entries of the right form; a damaged cache is an empty one."""
    try:
        data = json.loads(cache_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: entry for key, entry in data.items() if _is_entry(entry)}


def _is_entry(entry: object) -> bool:
    return isinstance(entry, list) and [type(value) for value in entry] == [int, int, str]
