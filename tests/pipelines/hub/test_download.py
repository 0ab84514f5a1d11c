"""Downloads over real connections that are cut, killed, forged and refused."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.api import JobCancelled, PipelineError
from pipelines.assets import assets_folder
from pipelines.catalog import find_models
from pipelines.hub import download as module
from pipelines.hub.ask import ask
from pipelines.hub.cache_layout import made_by_us, parts_folder, repository_folder
from pipelines.hub.download import download
from pipelines.hub.requests import HubDownloaded, HubQuestion
from pipelines.locks import FileLock
from pipelines.model_search import hub_cache_folder
from tests.disks import needs_disks, run_with_disks
from tests.fake_hub import COMMIT, FakeHub, etag
from tests.scripted_context import ScriptedContext

QUESTION = HubQuestion("org/tiny")
WEIGHTS = random.Random(1).randbytes(3_000_000)
CONFIG = b'{"model_type": "tiny"}'
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _a_tiny_model(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.repos["org/tiny"] = {"config.json": CONFIG, "sub/w.safetensors": WEIGHTS}
    monkeypatch.setattr(module, "_PAUSES", (0.0, 0.0))


def fetch(ctx: ScriptedContext) -> HubDownloaded:
    return download(ask(QUESTION, ctx), ctx)


def refused(ctx: ScriptedContext) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        fetch(ctx)
    assert not hub_cache_folder().exists()
    return caught.value


def parts() -> list[str]:
    return sorted(path.name for path in parts_folder().iterdir() if path.name != ".lock")


def snapshot() -> Path:
    return repository_folder("org/tiny") / "snapshots" / COMMIT


def whole() -> bool:
    return {
        path.relative_to(snapshot()).as_posix(): path.read_bytes()
        for path in snapshot().rglob("*")
        if path.is_file()
    } == {"config.json": CONFIG, "sub/w.safetensors": WEIGHTS}


def test_huggingface_hub_and_the_catalogue_find_what_was_fetched(
    hub: FakeHub, ctx: ScriptedContext
) -> None:
    model = assets_folder() / "models" / "starter-icons"
    hub.repos["org/icons"] = {
        path.relative_to(model).as_posix(): path.read_bytes()
        for path in model.rglob("*")
        if path.is_file() and path.name != "fabula.json"
    }
    offer = ask(HubQuestion("org/icons"), ctx)
    result = download(offer, ctx)
    assert result.fetched == offer.size
    code = (
        "import json, huggingface_hub as h; i = h.scan_cache_dir();"
        "print(json.dumps([h.hf_hub_download('org/icons', 'unet/config.json'),"
        " h.snapshot_download('org/icons'), [str(w) for w in i.warnings], i.size_on_disk]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        capture_output=True,
        check=True,
    )
    file, folder, warnings, size = json.loads(told.stdout)
    assert Path(file).read_bytes() == (model / "unet" / "config.json").read_bytes()
    assert (folder, warnings, size) == (result.snapshot, [], offer.size)
    models, broken = find_models((), hub_cache_folder())
    assert not broken
    assert ("org/icons", "hub") in [(each.id, each.kind) for each in models]
    assert ask(HubQuestion("org/icons"), ctx).present == offer.size
    asked = len(hub.asked)
    assert download(offer, ctx).fetched == 0
    assert len(hub.asked) == asked


def test_a_repository_that_another_program_made_is_not_ours(ctx: ScriptedContext) -> None:
    repository_folder("org/tiny").mkdir(parents=True)
    assert made_by_us(Path(fetch(ctx).snapshot)) is None


def test_a_repository_that_we_made_is_ours(ctx: ScriptedContext) -> None:
    assert made_by_us(Path(fetch(ctx).snapshot)) == repository_folder("org/tiny")


def test_a_cut_connection_is_gone_on_with(hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.cuts, hub.cut_after = 3, 700_000
    result = fetch(ctx)
    assert whole()
    assert hub.ranges() == ["", "bytes=700000-", "bytes=1400000-", "bytes=2100000-"]
    assert result.fetched == hub.sent == len(CONFIG) + len(WEIGHTS)
    steps = [each.step for each in ctx.progressed]
    assert steps == sorted(steps)
    assert ctx.progressed[-1].step == ctx.progressed[-1].total == result.fetched


def test_a_server_without_ranges_begins_anew(hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.cuts, hub.cut_after, hub.no_range = 1, 700_000, True
    fetch(ctx)
    assert whole()
    assert ctx.progressed[-1].step == ctx.progressed[-1].total


def test_another_version_on_the_server_begins_anew(hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.cuts, hub.cut_after = 99, 700_000
    hub.no_range = True  # no try gets further
    error = refused(ctx)
    assert error.code == "offline"
    assert "is kept" in error.hint
    hub.cuts, hub.no_range, hub.version = 0, False, "2"
    assert fetch(ctx).fetched == len(WEIGHTS)
    assert whole()


def test_a_server_in_trouble_is_asked_again(hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.statuses = [503, 503]
    fetch(ctx)
    assert whole()


def test_a_killed_download_fetches_nothing_twice(hub: FakeHub, tmp_path: Path) -> None:
    hub.stall = True
    command = [sys.executable, "-m", "tests.hub_downloader", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        until = time.monotonic() + 60
        part = parts_folder() / f"{etag(WEIGHTS)}.part"
        while not (part.exists() and part.stat().st_size >= 1_000_000):
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert not hub_cache_folder().exists()
    kept = part.stat().st_size
    hub.stall = False
    ctx = ScriptedContext(tmp_path)
    assert fetch(ctx).fetched == len(WEIGHTS) - kept
    assert hub.ranges()[-1] == f"bytes={kept}-"
    assert whole()
    assert parts() == []


def test_a_cancelled_download_goes_on_later(ctx: ScriptedContext, tmp_path: Path) -> None:
    offer = ask(QUESTION, ctx)
    with pytest.raises(JobCancelled):
        download(offer, ScriptedContext(tmp_path, cancel_at=8))
    assert not hub_cache_folder().exists()
    kept = (parts_folder() / f"{etag(WEIGHTS)}.part").stat().st_size
    assert kept > 0
    assert download(offer, ctx).fetched == len(WEIGHTS) - kept
    assert whole()


@pytest.mark.parametrize("path", ["config.json", "sub/w.safetensors"])
def test_a_wrong_hash_is_put_aside(path: str, hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.corrupt = {path}
    error = refused(ctx)
    assert error.code == "wrong_hash"
    assert path in str(error)
    assert any(name.endswith(".refused") for name in parts())
    hub.corrupt = set()
    fetch(ctx)
    assert whole()
    assert parts() == []


def test_what_was_on_the_disk_already_is_believed_by_its_hash_only(
    hub: FakeHub, ctx: ScriptedContext
) -> None:
    parts_folder().mkdir(parents=True)
    (parts_folder() / f"{etag(WEIGHTS)}.part").write_bytes(b"x" * 1000)
    assert refused(ctx).code == "wrong_hash"
    fetch(ctx)
    assert whole()


def test_a_configuration_that_asks_for_a_program_is_refused_before_the_weights(
    hub: FakeHub, ctx: ScriptedContext
) -> None:
    evil = json.dumps({"text_config": {"_attn_implementation_internal": "evil/kernel"}}).encode()
    for config in (evil, b'{"auto_map": {"AutoModel": "evil/x--m.Y"}}', b"no JSON"):
        hub.repos["org/tiny"] = {"config.json": config, "sub/w.safetensors": WEIGHTS}
        assert refused(ctx).code == "foreign_code"
    assert hub.ranges() == []


def test_a_gated_model_says_how_to_get_in(hub: FakeHub, ctx: ScriptedContext) -> None:
    hub.gated = True
    error = refused(ctx)
    assert error.code == "gated"
    assert f"{hub.url}/org/tiny" in error.hint
    assert "HF_TOKEN" in error.hint


def test_another_revision_has_a_reference_of_its_own(ctx: ScriptedContext) -> None:
    offer = ask(QUESTION, ctx)
    download(replace(offer, question=HubQuestion("org/tiny", "refs/pr/3")), ctx)
    assert (repository_folder("org/tiny") / "refs/refs/pr/3").read_text() == COMMIT
    assert whole()


def test_two_downloads_at_once_are_refused(ctx: ScriptedContext) -> None:
    parts_folder().mkdir(parents=True)
    lock = FileLock.acquire(parts_folder() / ".lock")
    assert lock is not None
    with lock, pytest.raises(PipelineError) as caught:
        fetch(ctx)
    assert caught.value.code == "downloading"


@needs_disks
def test_small_full_and_read_only_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("small", "full", "ro"):
        (tmp_path / name).mkdir()
    monkeypatch.delenv("HF_ENDPOINT")
    mounts = (
        "mount -t tmpfs -o size=1m none small && mount -t tmpfs -o size=8m none full"
        " && mount -t tmpfs -o ro none ro"
    )
    small, full, locked = run_with_disks(tmp_path, mounts, "tests.hub_downloader")
    assert (small["code"], full["code"], locked["code"]) == ("disk_full", "disk_full", "read_only")
    assert "3 MB are needed" in small["message"]
    assert (small["left"], full["left"]) == ([], [".part"])
    assert not any(each["cached"] for each in (small, full, locked))
