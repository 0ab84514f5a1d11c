"""Where the child keeps what it can work out again: hashes of weights, preview factors."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The person's cache folder, or `cache` in FABULA_HOME. It may not exist yet."""
    home = os.environ.get("FABULA_HOME")
    return Path(home) / "cache" if home else platformdirs.user_cache_path("fabula", appauthor=False)
