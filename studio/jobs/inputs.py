"""What the queue changes in a request: its picture is a copy, a retry draws only the rest."""

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


def input_of(request: object) -> str:
    """The picture a request begins from, "" for none."""
    source: str = getattr(request, "init_image", "")
    return source


def with_kept_input(request: Any, spool: Spool) -> Any:
    """The request with a copy of its picture that nobody moves or changes. Raises OSError."""
    source = input_of(request)
    if not source:
        return request
    kept = str(spool.keep_input(Path(source)))
    return replace(request, init_image=kept, init_source=request.init_source or source)


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
