"""What is said of files and folders of every kind."""

from __future__ import annotations

import json
import os
import pickle
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.api import PipelineError
from pipelines.model_check.verdict import check_model
from pipelines.shipped import shipped_models
from tests.pipelines.header_files import write_safetensors

if TYPE_CHECKING:
    from pipelines.model_check.findings import Verdict


def codes(verdict: Verdict) -> list[str]:
    return [each.code for each in verdict.findings]


def gguf(path: Path, version: int = 3, architecture: bytes = b"llama") -> Path:
    key = b"general.architecture"
    path.write_bytes(
        b"GGUF" + struct.pack("<IQQ", version, 2, 1) + struct.pack("<Q", len(key)) + key
        + struct.pack("<IQ", 8, len(architecture)) + architecture
    )  # fmt: skip
    return path


def test_a_good_folder_names_its_family_and_licence() -> None:
    ref = shipped_models()[0]
    verdict = check_model(ref.path)
    assert (verdict.kind, verdict.family, verdict.licence) == ("model", "SD 1.5", ref.licence)
    assert verdict.findings == ()
    assert verdict.size > ref.size_bytes


def test_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    lora = write_safetensors(
        tmp_path / "a.safetensors", {"lora_unet_mid_block_x.lora_down.weight": (4, 768)}
    )
    assert (check_model(lora).kind, codes(check_model(lora))) == ("lora", [])
    found = check_model(gguf(tmp_path / "text.gguf"))
    assert (found.kind, found.family, codes(found)) == ("gguf", "llama", [])
    assert codes(check_model(gguf(tmp_path / "text.gguf", version=77))) == ["not_a_model"]
    (tmp_path / "net.param").write_bytes(b"7767517\n2 1\n")
    assert check_model(tmp_path / "net.param").kind == "ncnn"


def test_broken_headers_and_pretenders(tmp_path: Path) -> None:
    cut = write_safetensors(tmp_path / "cut.safetensors", {"w": (4, 4)}, missing=8)
    assert codes(check_model(cut)) == ["truncated"]
    page = tmp_path / "page.safetensors"
    page.write_text("<html>Please log in</html>")
    assert codes(check_model(page)) == ["not_a_model"]
    pretender = tmp_path / "model.SAFETENSORS"
    pretender.write_bytes(pickle.dumps(print))
    assert codes(check_model(pretender)) == ["pickle"]
    with pytest.raises(PipelineError) as caught:
        check_model(tmp_path / "gone")
    assert caught.value.code == "not_found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    with pytest.raises(PipelineError) as caught:
        check_model(tmp_path / "pipe.gguf")
    assert caught.value.code == "unreadable"


def test_everything_in_a_folder_counts(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "qwen3"}))
    write_safetensors(tmp_path / "model.safetensors", {"w": (4, 4)})
    verdict = check_model(tmp_path)
    assert (verdict.kind, verdict.family, codes(verdict)) == ("model", "qwen3", [])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "modeling.py").write_text("import os")
    (tmp_path / "deep" / "pytorch_model.bin").write_bytes(pickle.dumps(print))
    config = {"model_type": "qwen3", "auto_map": {"AutoModel": "org/repo--modeling.X"}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert sorted(codes(check_model(tmp_path))) == ["code", "foreign_code", "pickle"]


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert codes(check_model(tmp_path)) == ["not_a_model"]
