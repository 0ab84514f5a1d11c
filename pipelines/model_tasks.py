"""What the window asks about one model, as jobs: is it what it seems, and what is its hash?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.cache import cache_folder
from pipelines.catalog import inspect_model
from pipelines.hashes import sha256_of_shards, weights_files
from pipelines.model_check.verdict import check_model
from pipelines.model_folder import INDEX

if TYPE_CHECKING:
    from pipelines.api import JobContext
    from pipelines.model_check.findings import Verdict


def check(request: Path, ctx: JobContext) -> Verdict:
    """Judges a file or folder without loading it; raises what `check_model` does."""
    ctx.check()
    return check_model(request)


def sha256(request: Path, ctx: JobContext) -> str:
    """Of a file; of a picture model's folder that of its U-Net's or transformer's weights.

    Of any other folder that of the `.safetensors` in it. Several files give the sha256 of theirs,
    written one after the other. Raises PipelineError "unreadable" or "no_weights", and for a
    picture model what `inspect_model` does.
    """
    files = _files(request)
    if not files:
        raise PipelineError("no_weights", f"There are no weights in {request}.")
    try:
        total = sum(file.stat().st_size for file in files)
        done = 0

        def report(read: int, size: int) -> None:
            nonlocal done
            ctx.progress(done + read, total, f"Reading {request.name}")
            if read == size:
                done += size

        return sha256_of_shards(files, cache_folder() / "hashes.json", report)
    except OSError as error:
        raise PipelineError(
            "unreadable",
            f"{error.filename or request} cannot be read: {error.strerror or error}.",
            "Is its disk there, and may you read it?",
        ) from error


def _files(path: Path) -> list[Path]:
    if not os.path.isdir(path):
        return [path]
    if (path / INDEX).is_file():
        return weights_files(inspect_model(path))
    return sorted(path.rglob("*.safetensors"))
