"""Where the child keeps what it can work out again: hashes of weights, preview factors."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The person's cache folder, or `cache` in FABULA_HOME. It may not exist yet."""
    if home := os.environ.get("FABULA_HOME"):
        return Path(home).expanduser().absolute() / "cache"
    return platformdirs.user_cache_path("fabula", appauthor=False)
