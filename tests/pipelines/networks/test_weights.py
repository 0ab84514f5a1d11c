"""What is opened as a network: safetensors, pickles by way of a child, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from pipelines.api import PipelineError
from pipelines.cache import cache_folder
from pipelines.networks.weights import open_weights
from tests.pipelines.test_conversion import Canary
from tests.tiny_gans import CompactNet, save, seeded


def quiet(_message: str) -> None: ...


def test_a_safetensors_file(tmp_path: Path) -> None:
    found = open_weights(save(seeded(CompactNet()), tmp_path / "a.safetensors"), quiet)
    assert found.spec.title == "Real-ESRGAN compact ×2"
    assert len(found.sha256) == 64
    assert "body.0.weight" in found.state


def test_a_pickle_is_converted_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.pth"
    torch.save(seeded(CompactNet()).state_dict(), path)
    said: list[str] = []
    first = open_weights(path, said.append)
    assert said == ["Converting mine.pth", "Loading mine"]
    (kept,) = cache_folder().rglob("mine.safetensors")
    before = kept.stat().st_mtime_ns
    again = open_weights(path, quiet)
    assert kept.stat().st_mtime_ns == before
    assert first.sha256 == again.sha256


def test_weights_beside_other_things_as_real_esrgan_publishes_them(tmp_path: Path) -> None:
    path = tmp_path / "RealESRGAN.pth"
    smooth, rough = (dict(seeded(CompactNet()).state_dict()) for _ in range(2))
    rough["body.0.bias"] = torch.ones(8)
    torch.save({"params": rough, "params_ema": smooth}, path)
    found = open_weights(path, quiet)
    assert torch.equal(found.state["body.0.bias"], smooth["body.0.bias"])


def test_a_pickle_with_a_program_in_it_never_runs(tmp_path: Path) -> None:
    path, canary = tmp_path / "evil.pth", tmp_path / "canary"
    path.write_bytes(pickle.dumps({"body.0.weight": Canary(canary)}))
    with pytest.raises(PipelineError) as caught:
        open_weights(path, quiet)
    assert caught.value.code == "pickle"
    assert not canary.exists()


def test_an_unknown_network_is_named(tmp_path: Path) -> None:
    path = tmp_path / "strange.safetensors"
    save_file({"lstm.weight": torch.zeros(4, 4)}, path)
    with pytest.raises(PipelineError, match="strange") as caught:
        open_weights(path, quiet)
    assert caught.value.code == "unknown_network"


def test_a_text_is_no_network(tmp_path: Path) -> None:
    path = tmp_path / "note.safetensors"
    path.write_text("hello, this is no network at all")
    with pytest.raises(PipelineError) as caught:
        open_weights(path, quiet)
    assert caught.value.code == "not_a_model"
