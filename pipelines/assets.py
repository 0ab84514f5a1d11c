"""Where the files that come with the program lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path


def assets_folder() -> Path:
    """The folder `assets/`: inside the wheel it lies beside this module."""
    packed = Path(__file__).parent / "_assets"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "assets"
