"""The pictures of a folder, in the order of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})


def pictures_in(folder: Path) -> list[Path]:
    """Those that lie in it directly, by their suffix; none where it cannot be read."""
    try:
        return sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)
    except OSError:
        return []
