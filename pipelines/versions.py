"""Which versions made a picture, without importing any of them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pipelines import __version__


@cache
def library_versions() -> dict[str, str]:
    """Versions of the program and of the libraries that change pixels, by name."""
    found = {"fabula": __version__}
    for name in ("torch", "diffusers", "transformers", "peft", "compel"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
