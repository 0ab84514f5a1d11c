"""A folder is written whole, or nothing of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.document.errors import ProjectError
from studio.document.whole_folder import whole_folder


class _FailedError(Exception): ...


def _fail_in(target: Path, force: bool) -> None:
    with whole_folder(target, force=force) as part:
        (part / "old.txt").write_text("new")
        raise _FailedError


def test_it_is_there_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "made"
    with whole_folder(target) as part:
        (part / "a.txt").write_text("a")
        assert not target.exists()
    assert os.listdir(tmp_path) == ["made"]
    assert os.listdir(target) == ["a.txt"]


@pytest.mark.parametrize("force", [False, True])
def test_after_a_failure_nothing_is_left(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "made"
    target.mkdir()
    if force:
        (target / "old.txt").write_text("old")
    with pytest.raises(_FailedError):
        _fail_in(target, force)
    assert os.listdir(tmp_path) == ["made"]
    assert [file.read_text() for file in target.iterdir()] == (["old"] if force else [])


def test_with_force_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old")
    (tmp_path / "same.txt").write_text("old")
    with whole_folder(tmp_path, force=True) as part:
        (part / "same.txt").write_text("new")
        (part / "deep").mkdir()
        (part / "deep/new.txt").write_text("new")
    found = {f.name: f.read_text() for f in tmp_path.rglob("*") if f.is_file()}
    assert found == {"old.txt": "old", "same.txt": "new", "new.txt": "new"}


def test_what_cannot_be_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file", tmp_path / "none/made"):
        with pytest.raises(ProjectError), whole_folder(place):
            pass
    assert os.listdir(tmp_path) == ["file"]
