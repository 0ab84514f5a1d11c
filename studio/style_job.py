"""Looking for networks and reading a picture for the Style panel, as jobs away from the window."""

from __future__ import annotations

import io
import os
import shutil
from typing import TYPE_CHECKING

from PIL import Image

from pipelines import atomic
from pipelines.looks import find_enlargers, find_looks
from pipelines.pictures import open_rgb, read_info
from pipelines.write_errors import write_error
from studio.library_files import fingerprint
from studio.style_files import FindNetworks, Networks, TakeIn, TakenIn

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.api import JobContext

SIDE = 256
"""Pixels of the longer side of a small picture: twice what a cell shows, for fine screens."""

KEPT = 48
"""Pictures whose looks stay in the cache; each takes some 2 MB."""


def find_networks(request: FindNetworks, ctx: JobContext) -> Networks:
    """Reads headers only."""
    looks = find_looks(request.folders, ctx.check)
    return Networks(tuple(looks), tuple(find_enlargers(request.folders, ctx.check)))


def take_in(request: TakeIn, ctx: JobContext) -> TakenIn:
    """Raises PipelineError for what is no picture or is damaged, and for a full disk."""
    image, notes = open_rgb(request.path)
    ctx.check()
    folder = request.cache / fingerprint(request.path)[:32]
    prompt = read_info(request.path).settings.prompt or ""
    taken = TakenIn(request.path, image.width, image.height, prompt, folder, notes)
    try:
        if not taken.small.exists():
            folder.mkdir(parents=True, exist_ok=True)
            image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
            buffer = io.BytesIO()
            image.save(buffer, "PNG")
            atomic.write_bytes(taken.small, buffer.getvalue())
        os.utime(folder)  # used just now
        _trim(request.cache)
    except OSError as error:
        raise write_error(taken.small, error) from error
    return taken


def _trim(cache: Path) -> None:
    folders = sorted(cache.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in folders[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
