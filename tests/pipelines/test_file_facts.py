"""A file's header is read once, until the file changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines import file_facts
from pipelines.api import PipelineError
from pipelines.file_facts import facts_of
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


def test_what_cannot_be_read_says_so_each_time(tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"<html>" * 9)
    for path, code in ((broken, "not_a_model"), (tmp_path / "gone", "not_found")):
        for _ in range(2):
            with pytest.raises(PipelineError) as caught:
                facts_of(path)
            assert caught.value.code == code
