"""What reads pictures for the library, as jobs away from the window."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from pipelines.pictures import read_info
from studio.library_rebuild import PictureFacts, RebuildRequest, Rebuilt, rebuild

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.api import JobContext
    from pipelines.metadata.settings import Settings


def rebuild_library(request: RebuildRequest, ctx: JobContext) -> Rebuilt:
    """Brings the index up to date with the folders; see `library_rebuild.rebuild`."""
    return rebuild(request, read_facts, ctx.progress)


def read_facts(path: Path) -> PictureFacts:
    """What any tool wrote into a picture. Raises PipelineError for a file that is none."""
    info = read_info(path)
    return PictureFacts(
        info.width,
        info.height,
        info.settings.prompt or "",
        info.settings.seed,
        settings=info.request or _said(info.settings),
        tool=info.tool,
    )


def _said(settings: Settings) -> dict[str, object]:
    """What another tool's picture says, without what it does not."""
    return {name: value for name, value in asdict(settings).items() if value not in (None, ())}
