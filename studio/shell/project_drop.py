"""Projects that are dragged in from other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

SUFFIX = ".fabula"


def is_project(path: Path) -> bool:
    """By its name; whether it is one is seen when it is opened."""
    return path.suffix.lower() == SUFFIX


def dropped_project(mime: QMimeData) -> Path | None:
    """The first local file of a project, or None."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return next((path for path in paths if is_project(path)), None)
