"""What may be dropped on the panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_BIBLES = frozenset({".png", ".json", ".charx", ".md"})
_PICTURES = frozenset({".jpg", ".jpeg", ".webp"})


def local_paths(mime: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def can_be_bible(path: str) -> bool:
    """Whether entries may be in it: a card, a lorebook, Markdown, or a folder of it."""
    return Path(path).suffix.lower() in _BIBLES or Path(path).is_dir()


def is_offered(path: str) -> bool:
    """Whether the panel can do anything with it."""
    return can_be_bible(path) or Path(path).suffix.lower() in _PICTURES
