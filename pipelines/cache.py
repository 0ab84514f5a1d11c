"""Where the child keeps files of its own: what it can work out again, and what was installed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Hashes of weights, preview factors and the like; `cache` in FABULA_HOME. It may not exist."""
    return _below_home("cache", environ) or platformdirs.user_cache_path("fabula", appauthor=False)


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Models that were installed; `data` in FABULA_HOME. It may not exist yet."""
    return _below_home("data", environ) or platformdirs.user_data_path("fabula", appauthor=False)


def _below_home(name: str, environ: Mapping[str, str]) -> Path | None:
    home = environ.get("FABULA_HOME")
    return Path(home).expanduser().absolute() / name if home else None
