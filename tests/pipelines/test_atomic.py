from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines import atomic


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    return path


def test_it_writes_new_and_existing_files(tmp_path: Path, target: Path) -> None:
    atomic.write_bytes(target, b"new")
    atomic.write_text(tmp_path / "text", "Grüße\r\n帽子")
    atomic.write_json(tmp_path / "json", {"name": "\udcff", "list": [1, None]})
    assert target.read_bytes() == b"new"
    assert (tmp_path / "text").read_bytes().decode() == "Grüße\r\n帽子"
    assert json.loads((tmp_path / "json").read_bytes()) == {"name": "\udcff", "list": [1, None]}
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("value", [object(), float("nan"), {"a": {1, 2}}])
def test_what_is_no_json_changes_nothing(target: Path, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        atomic.write_json(target, value)
    assert target.read_bytes() == b"old"


def _failing(code: int) -> Callable[..., Any]:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("call", ["open", "replace"])
def test_a_failing_call_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"pipelines.atomic.os.{call}", _failing(code))
        with pytest.raises(OSError, match=os.strerror(code)):
            atomic.write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize(("which", "left"), [(1, b"old"), (2, b"new")])
def test_a_failing_sync_leaves_old_or_new(
    target: Path, monkeypatch: pytest.MonkeyPatch, which: int, left: bytes, code: int
) -> None:
    calls = 0

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == which:
            raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.atomic.os.fsync", fsync)
        with pytest.raises(OSError, match=os.strerror(code)):
            atomic.write_bytes(target, b"new")
    assert target.read_bytes() == left
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("size", [1_001, 1_000_000])
def test_a_disk_that_fills_up_while_writing_leaves_the_old_file(target: Path, size: int) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            atomic.write_bytes(target, bytes(size))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_the_file_is_on_the_disk_before_it_has_its_name_and_the_name_after(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def recording_fsync(descriptor: int) -> None:
        calls.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        fsync(descriptor)

    def recording_replace(source: Path, to: Path) -> None:
        calls.append("replace")
        replace(source, to)

    monkeypatch.setattr("pipelines.atomic.os.fsync", recording_fsync)
    monkeypatch.setattr("pipelines.atomic.os.replace", recording_replace)
    atomic.write_bytes(target, b"new")
    assert calls == ["file", "replace", "folder"]


def test_links_and_permissions_stay(tmp_path: Path, target: Path) -> None:
    target.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(target)
    atomic.write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    atomic.write_bytes(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def _sharing_violation() -> PermissionError:
    error = PermissionError(errno.EACCES, "held by a scanner")
    error.winerror = 32  # type: ignore[misc, attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize(("refusals", "succeeds"), [(3, True), (100, False)])
def test_a_scanner_that_holds_the_file_is_waited_for_a_moment(
    target: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, succeeds: bool
) -> None:
    replace = os.replace
    pauses: list[float] = []

    def refusing(source: Path, to: Path) -> None:
        if len(pauses) < refusals:
            raise _sharing_violation()
        replace(source, to)

    monkeypatch.setattr("pipelines.atomic.os.replace", refusing)
    monkeypatch.setattr("pipelines.atomic.time.sleep", pauses.append)
    if succeeds:
        atomic.write_bytes(target, b"new")
    else:
        with pytest.raises(PermissionError):
            atomic.write_bytes(target, b"new")
    assert target.read_bytes() == (b"new" if succeeds else b"old")
    assert sum(pauses) < 1
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_cannot_be_synced_is_only_refused_for_real_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.atomic.os.fsync", _failing(errno.EINVAL))
    atomic.sync_folder(tmp_path)
    monkeypatch.setattr("pipelines.atomic.os.fsync", _failing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        atomic.sync_folder(tmp_path)


def test_a_move_crosses_file_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    real = os.replace

    def replace(one: Path, other: Path) -> None:
        if Path(one) == source:
            raise OSError(errno.EXDEV, "another file system")
        real(one, other)

    monkeypatch.setattr(os, "replace", replace)
    atomic.move(source, target)
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b"]


def test_a_move_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")

    def full(_one: Path, _other: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.move(source, target)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_what_comes_in_pieces_is_written_whole_or_not_at_all(target: Path) -> None:
    def cut() -> Iterator[bytes]:
        yield b"ne"
        raise ValueError("the rest never came")

    with pytest.raises(ValueError, match="never came"):
        atomic.write_chunks(target, cut())
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]
    atomic.write_chunks(target, (b"ne", b"w"))
    assert target.read_bytes() == b"new"
