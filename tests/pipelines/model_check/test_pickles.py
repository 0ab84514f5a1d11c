"""Pickles in all their wrappings, whatever the file is called."""

from __future__ import annotations

import pickle
import tarfile
import zipfile
from pathlib import Path

import pytest
import torch

from pipelines.model_check import pickles
from pipelines.model_check.pickles import pickle_findings
from tests.pipelines.model_check.test_pickle_names import Calling

WEIGHTS = {"w": torch.ones(2, 3), "b": torch.zeros(3, dtype=torch.float16)}


def codes(path: Path) -> list[str]:
    return [each.code for each in pickle_findings(path, path.read_bytes()[:512])]


def evil(folder: Path) -> Calling:
    return Calling(Path.touch, folder / "canary")


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "before 1.6"])
def test_plain_weights_of_torch_can_be_converted(zipped: bool, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    torch.save(WEIGHTS, path, _use_new_zipfile_serialization=zipped)
    (found,) = pickle_findings(path, path.read_bytes()[:512])
    assert found.code == "convertible"
    assert "torch._utils._rebuild_tensor_v2" in found.names


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "before 1.6"])
def test_weights_with_a_program_name_what_they_would_call(zipped: bool, tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    torch.save({**WEIGHTS, "x": evil(tmp_path)}, path, _use_new_zipfile_serialization=zipped)
    (found,) = pickle_findings(path, path.read_bytes()[:512])
    assert found.code == "pickle"
    assert set(found.names) & {"pathlib.Path", "pathlib._local.Path"}
    assert "would call" in found.message
    assert not (tmp_path / "canary").exists()


def test_old_pickles_without_a_mark_are_known_by_their_suffix(tmp_path: Path) -> None:
    for name in ("model.bin", "model.txt"):
        (tmp_path / name).write_bytes(pickle.dumps(Calling(print, "x"), 0))
    assert codes(tmp_path / "model.bin") == ["pickle"]
    assert codes(tmp_path / "model.txt") == []
    (tmp_path / "raw.bin").write_bytes(bytes(range(256)) * 8)
    assert codes(tmp_path / "raw.bin") == []


def test_a_pickle_that_ends_too_early_is_no_harmless_one(tmp_path: Path) -> None:
    path = tmp_path / "model.ckpt"
    path.write_bytes(pickle.dumps(Calling(print, "x"))[:-3])
    (found,) = pickle_findings(path, path.read_bytes())
    assert (found.code, found.names) == ("pickle", ("builtins.print",))
    assert "makes no sense" in found.message
    path.write_bytes(pickle.dumps({}) + path.read_bytes())
    (found,) = pickle_findings(path, path.read_bytes())
    assert (found.code, found.names) == ("pickle", ("builtins.print",))


def test_what_else_hides_in_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "script.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/code/__torch__.py", "def forward(self): ...")
        archive.writestr("m/data.pkl", pickle.dumps({}))
        archive.writestr("m/big.pkl", bytes(2000))
    monkeypatch.setattr(pickles, "MAX_PICKLE", 1000)
    assert codes(path) == ["code", "convertible", "pickle"]
    path.write_bytes(path.read_bytes()[:200])
    assert codes(path) == ["not_a_model"]
    with tarfile.open(tmp_path / "early.pt", "w", format=tarfile.USTAR_FORMAT) as tar:
        tar.add(path, "pickle")
    assert codes(tmp_path / "early.pt") == ["pickle"]
