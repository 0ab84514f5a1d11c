"""The files that a request reads, kept for as long as its job is in the queue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
