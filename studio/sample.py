"""The project that comes with the program. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.assets import assets_folder

if TYPE_CHECKING:
    from pathlib import Path


def sample_project() -> Path | None:
    """Its file, which is never opened itself, only a copy of it; None where it is missing."""
    path = assets_folder() / "projects" / "the_lighthouse.fabula"
    return path if path.is_file() else None
