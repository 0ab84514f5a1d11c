"""Which versions made a picture, without importing any of them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pipelines import __version__

DRAWING = ("torch", "diffusers", "transformers", "peft", "compel")
FILLING = ("opencv-python-headless", "pypatchmatch", "numpy")
ENHANCING = ("torch", "onnxruntime", "ncnn", "numpy", "pillow")


@cache
def library_versions(names: tuple[str, ...] = DRAWING) -> dict[str, str]:
    """Versions of the program and of the libraries that change pixels, by name."""
    found = {"fabula": __version__}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
