"""Another file under the same name is noticed, without reading it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.sources import NO_SOURCE, source_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    weights = tmp_path / "model" / "unet" / "model.safetensors"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"weights")
    return tmp_path / "model"


def test_a_folder_is_the_same_until_a_file_in_it_is_another(folder: Path) -> None:
    before = source_of(str(folder))
    assert source_of(str(folder)) == before
    weights = folder / "unet" / "model.safetensors"
    status = weights.stat()
    newer = folder.parent / "newer"
    newer.write_bytes(b"WEIGHTS")
    os.utime(newer, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    newer.replace(weights)
    changed = source_of(str(folder))
    assert changed != before
    (folder / "unet" / "config.json").write_text("{}")
    assert source_of(str(folder)) != changed


def test_what_is_not_loaded_does_not_count(folder: Path) -> None:
    before = source_of(str(folder))
    for name in (".DS_Store", "Thumbs.db", "README.md"):
        (folder / name).write_text("x")
    assert source_of(str(folder)) == before


def test_a_file_counts_whatever_it_is_called(tmp_path: Path) -> None:
    file = tmp_path / "a.vae"
    file.touch()
    before = source_of(str(file))
    file.write_text("x")
    assert source_of(str(file)) != before


def test_nothing_is_there(tmp_path: Path) -> None:
    assert source_of("") == NO_SOURCE
    assert source_of(str(tmp_path / "gone")) == (str(tmp_path / "gone"), ())
    (tmp_path / "dead.json").symlink_to("gone")
    assert source_of(str(tmp_path)) == (str(tmp_path), ())
