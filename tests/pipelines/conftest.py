"""Fixtures of the pipelines' tests: tiny real models, built when first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines.environment import HARDENED

if TYPE_CHECKING:
    from tests.pipelines.yardstick import Studio

os.environ.update(HARDENED)  # before any test module imports the libraries that read them


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`tiny("sd1")` is the folder of that family's tiny model. Leave it as it is."""
    root = tmp_path_factory.mktemp("models")

    @cache
    def folder(family: str) -> Path:
        from tests.tiny_models import build_tiny

        return build_tiny(family, root / f"tiny-{family}")

    return folder


@pytest.fixture(scope="session")
def tiny_lora(
    tiny: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """`tiny_lora("sd1", "kohya", seed=0)` is a LoRA file for `tiny("sd1")`. Leave it as it is."""
    root = tmp_path_factory.mktemp("loras")

    @cache
    def file(family: str, layout: str = "diffusers", seed: int = 0) -> Path:
        from tests.tiny_adapters import build_lora

        path = root / f"{family}-{layout}-{seed}.safetensors"
        return build_lora(family, tiny(family), path, layout, seed)

    return file


@pytest.fixture(scope="session")
def tiny_vae(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an autoencoder that can take the place of `tiny("sd1")`'s own."""
    from tests.tiny_models import build_tiny_vae

    return build_tiny_vae(tmp_path_factory.mktemp("vae") / "other-vae")


@pytest.fixture(scope="session")
def tiny_embedding(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`tiny_embedding("sd1")` is a textual inversion; its word is the file's name, `tinystyle`."""

    @cache
    def file(family: str) -> Path:
        from tests.tiny_adapters import build_embedding

        folder = tmp_path_factory.mktemp(f"{family}-embeddings")
        return build_embedding(family, folder / "tinystyle.safetensors")

    return file


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Caches that cost a second to make and depend on the models only."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def studio(tmp_path: Path, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """Our text-to-image in this process, on the CPU."""
    from tests.pipelines.yardstick import Studio

    monkeypatch.setenv("FABULA_HOME", str(shared_home))
    monkeypatch.setenv("FABULA_DEVICE", "cpu")
    runs = tmp_path / "runs"
    runs.mkdir()
    return Studio(runs)


@pytest.fixture
def start_picture(tmp_path: Path) -> Path:
    """A colourful picture of 64 × 64 pixels."""
    path = tmp_path / "start.png"
    grey = Image.radial_gradient("L").resize((64, 64))
    Image.merge("RGB", (grey, grey.rotate(90), grey.crop((16, 0, 80, 64)))).save(path)
    return path
