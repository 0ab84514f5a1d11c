"""What the queue changes in a request: its pictures are copies, a retry draws only the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.api import TextToImageRequest
from pipelines.enhance_requests import EnlargeRequest, StyleRequest
from pipelines.limits import MAX_SEED

if TYPE_CHECKING:
    from collections.abc import Collection

    from studio.jobs.spool import Spool


_FIELDS = ("init_image", "picture", "mask")


def inputs_of(request: object) -> list[str]:
    """The pictures that a request reads."""
    return [name for field in _FIELDS if (name := getattr(request, field, ""))]


def with_kept_inputs(request: Any, spool: Spool) -> Any:
    """The request with copies of its pictures that nobody moves or changes. Raises OSError."""
    kept = {
        field: str(spool.keep_input(Path(name)))
        for field in _FIELDS
        if (name := getattr(request, field, ""))
    }
    if "init_image" in kept and not request.init_source:
        kept["init_source"] = request.init_image
    return replace(request, **kept) if kept else request


def rest_of(request: Any, finished: Collection[int]) -> Any:
    """The request without the pictures of these numbers; all of it where none or all are done.

    Those that are drawn are numbered in the order in which they are finished.
    """
    done = len(finished)
    if isinstance(request, StyleRequest | EnlargeRequest):
        rest = tuple(each for i, each in enumerate(request.images) if i not in finished)
        return replace(request, images=rest) if rest else request
    if not isinstance(request, TextToImageRequest) or not 0 < done < request.count:
        return request
    seed = (request.seed + done) % (MAX_SEED + 1)
    return replace(request, count=request.count - done, seed=seed)
