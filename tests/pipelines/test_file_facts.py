"""A file's header is read once, until the file changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines import __version__, file_facts
from pipelines.api import PipelineError
from pipelines.file_facts import facts_of, remembered
from pipelines.headers import Header, read_header
from tests.pipelines.header_files import write_safetensors

LORA = {"lora_unet_mid_block.lora_down.weight": (4, 4)}
VAE = {"decoder.conv_in.weight": (512, 16, 3, 3)}


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    seen: list[Path] = []

    def noting(path: Path) -> Header:
        seen.append(path)
        return read_header(path)

    monkeypatch.setattr(file_facts, "read_header", noting)
    return seen


def test_a_file_is_read_again_when_it_has_changed(tmp_path: Path, reads: list[Path]) -> None:
    path = write_safetensors(tmp_path / "a.safetensors", LORA)
    assert [facts_of(path).kind for _ in range(3)] == ["lora"] * 3
    assert reads == [path]
    write_safetensors(path, VAE)
    assert (facts_of(path).kind, facts_of(path).latent_channels) == ("vae", 16)
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    facts_of(path)
    assert len(reads) == 3


def test_another_run_reads_nothing_again(
    tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache" / "files.json"
    lora = write_safetensors(
        tmp_path / "a.safetensors", LORA, {"modelspec.trigger_phrase": "ink, wash"}
    )
    embedding = write_safetensors(tmp_path / "b.safetensors", {"emb_params": (2, 768)})
    vae = write_safetensors(tmp_path / "c.safetensors", VAE)
    with remembered(cache):
        first = [facts_of(path) for path in (lora, embedding, vae)]
    monkeypatch.setattr(file_facts, "_known", {})
    reads.clear()
    written = cache.stat().st_mtime_ns
    with remembered(cache):
        assert [facts_of(path) for path in (lora, embedding, vae)] == first
    assert reads == []
    assert cache.stat().st_mtime_ns == written, "nothing was new"
    assert first[0].trigger_words == ("ink", "wash")
    assert first[1].family is not None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": "0", "files": {}}', '{"version": "%s", "files": {"a": 1}}'],
)
def test_a_cache_that_is_no_use_costs_only_time(tmp_path: Path, text: str) -> None:
    cache = tmp_path / "files.json"
    cache.write_text(text.replace("%s", __version__))
    path = write_safetensors(tmp_path / "a.safetensors", LORA)
    with remembered(cache):
        assert facts_of(path).kind == "lora"
    assert str(path) in cache.read_text()
    (tmp_path / "file").touch()
    with remembered(tmp_path / "file" / "files.json"):
        facts_of(write_safetensors(tmp_path / "b.safetensors", VAE))


def test_what_cannot_be_read_says_so_each_time(tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"<html>" * 9)
    for path, code in ((broken, "not_a_model"), (tmp_path / "gone", "not_found")):
        for _ in range(2):
            with pytest.raises(PipelineError) as caught:
                facts_of(path)
            assert caught.value.code == code
