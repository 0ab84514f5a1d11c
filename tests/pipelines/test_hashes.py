"""Hashes are those of the file, and are worked out once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.catalog import inspect_model
from pipelines.hashes import file_sha256, sha256_of_shards, vae_files, weights_files
from tests.pipelines.checkpoint_layouts import checkpoint
from tests.pipelines.header_files import write_safetensors
from tests.pipelines.model_folders import write_model

CONTENT = bytes(range(256)) * 40_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights"
    path.write_bytes(CONTENT)
    return path


def test_the_hash_and_its_progress(file: Path) -> None:
    calls: list[tuple[int, int]] = []
    found = file_sha256(file, progress=lambda done, total: calls.append((done, total)))
    assert found == hashlib.sha256(CONTENT).hexdigest()
    assert [done for done, _ in calls] == [4 << 20, 8 << 20, len(CONTENT)]
    assert {total for _, total in calls} == {len(CONTENT)}


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert file_sha256(tmp_path / "empty") == hashlib.sha256(b"").hexdigest()


def test_a_known_file_is_not_read_again(file: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "hashes.json"
    first = file_sha256(file, cache)
    calls: list[int] = []
    assert file_sha256(file, cache, lambda done, _: calls.append(done)) == first
    assert calls == []


@pytest.mark.parametrize("change", ["size", "time"])
def test_a_changed_file_is_read_again(file: Path, tmp_path: Path, change: str) -> None:
    cache = tmp_path / "hashes.json"
    file_sha256(file, cache)
    status = file.stat()
    file.write_bytes(CONTENT[:-1] if change == "size" else CONTENT[::-1])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + (change == "time")))
    assert file_sha256(file, cache) == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": [1]}', '{"x": 3}'])
def test_a_damaged_cache_is_made_anew(file: Path, tmp_path: Path, content: str) -> None:
    cache = tmp_path / "hashes.json"
    cache.write_text(content)
    found = file_sha256(file, cache)
    assert found == hashlib.sha256(CONTENT).hexdigest()
    assert found in cache.read_text()


def test_the_cache_leaves_nothing_beside_itself(file: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "hashes.json"
    file_sha256(file, cache)
    assert [each.name for each in cache.parent.iterdir()] == ["hashes.json"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        file_sha256(tmp_path / "none", tmp_path / "hashes.json")


def test_which_file_names_the_model(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "sd")
    ref = inspect_model(folder)
    assert weights_files(ref) == [folder / "unet" / "diffusion_pytorch_model.safetensors"]
    assert vae_files(ref) == [folder / "vae" / "diffusion_pytorch_model.safetensors"]
    folder = write_model(tmp_path / "z", "ZImagePipeline", transformer={})
    assert weights_files(inspect_model(folder))[0].parent.name == "transformer"
    path = write_safetensors(tmp_path / "one.safetensors", checkpoint("sd1"))
    assert weights_files(inspect_model(path)) == vae_files(inspect_model(path)) == [path]


def test_every_shard_counts(tmp_path: Path) -> None:
    shards = [tmp_path / "1", tmp_path / "2"]
    for shard in shards:
        shard.write_bytes(CONTENT)
    assert sha256_of_shards(shards[:1]) == file_sha256(shards[0])
    before = sha256_of_shards(shards, tmp_path / "hashes.json")
    shards[1].write_bytes(CONTENT[1:])
    assert sha256_of_shards(shards, tmp_path / "hashes.json") != before
    assert len(before) == 64


def test_a_cache_that_cannot_be_written_costs_only_time(file: Path) -> None:
    assert file_sha256(file, file / "hashes.json") == hashlib.sha256(CONTENT).hexdigest()
