from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import backups
from studio.document.backups import (
    DAYS_KEPT,
    NEWEST_KEPT,
    WEEKS_KEPT,
    Backup,
    find_backups,
    make_backup,
    superfluous,
    thin_out,
)
from studio.document.errors import ProjectError
from studio.document.opening import open_backup, open_project
from tests.document.making import make_file, put, tear

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _backup(number: int, age: timedelta) -> Backup:
    return Backup(Path(f"a.fabula~{number}~"), number, NOW - age, 1)


def test_every_save_keeps_the_state_before_it(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        for word in ("one", "two", "three"):
            put(project, "word", text=word)
            project.save()
        found = find_backups(file)
        assert [backup.path.name for backup in found] == [
            "harbour.fabula~3~",
            "harbour.fabula~2~",
            "harbour.fabula~1~",
        ]
        undo = project.restore(project.read(found[1].path))
        assert (project.documents["word"].data, project.dirty) == ({"text": "one"}, True)
        project.apply(undo)
        assert project.documents["word"].data == {"text": "three"}
        project.restore(project.read(found[2].path))
        assert "word" not in project.documents


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), tear])
def test_a_damaged_project_comes_back_from_a_backup(
    root: Path, file: Path, damage: Callable[[Path], None]
) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        project.save()
    damage(file)
    backup = find_backups(file)[0].path
    with closing(open_backup(backup, file, root)) as project:
        assert (project.path, project.dirty) == (file, True)
        assert set(project.documents) == {"mara", "owl"}
        with pytest.raises(ProjectError, match="is open in another window"):
            open_backup(backup, file, root)
        project.save()
    with closing(open_project(file, root)) as project:
        assert set(project.documents) == {"mara", "owl"}
    assert backup.exists()


def test_only_backups_of_this_very_project_are_found(tmp_path: Path) -> None:
    names = ("a.fabula", "a.fabula~1~", "a.fabula~12~", "a.fabula~x~", "ba.fabula~1~", "a.fabula~")
    for name in (*names, "a.fabula~3~.part", "a.fabula~\u0663~"):
        (tmp_path / name).touch()
    (tmp_path / "a.fabula~7~").mkdir()
    found = [backup.path.name for backup in find_backups(tmp_path / "a.fabula")]
    assert found == ["a.fabula~12~", "a.fabula~1~"]
    assert find_backups(tmp_path / "none" / "a.fabula") == []


def test_a_broken_off_save_leaves_no_second_backup_of_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.fabula"
    assert make_backup(file) is None
    file.write_bytes(b"one")
    assert make_backup(file) == tmp_path / "a.fabula~1~"
    assert make_backup(file) is None


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_where_files_have_no_second_names_they_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("studio.document.backups.os.link", refuse)
    file = tmp_path / "a.fabula"
    file.write_bytes(b"one" * 1000)
    os.utime(file, (1e9, 1e9))
    assert make_backup(file) == tmp_path / "a.fabula~1~"
    (backup,) = find_backups(file)
    assert (backup.path.read_bytes(), backup.size) == (b"one" * 1000, 3000)
    assert backup.saved == datetime.fromtimestamp(1e9, UTC)
    monkeypatch.setattr("studio.document.backups.sync_file", refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        make_backup(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.fabula", "a.fabula~1~"]


def test_the_newest_stay_then_one_a_day_then_one_a_week() -> None:
    saves = [_backup(1000 - hour, timedelta(hours=hour)) for hour in range(24 * 60)]
    doomed = {backup.number for backup in superfluous(saves, NOW)}
    kept = [backup for backup in saves if backup.number not in doomed]
    ages = [(NOW - backup.saved).total_seconds() / 3600 for backup in kept]
    # The first of each day, counted from noon; of each week the last hour of its Sunday.
    assert ages == [0, 1, 2, 3, *range(13, 24 * 7, 24), 205, 373, 541]


@given(st.lists(st.floats(0, 400), max_size=60))
def test_thinning_is_bounded_and_never_takes_the_newest(ages: list[float]) -> None:
    saves = [_backup(1000 - number, timedelta(days=age)) for number, age in enumerate(sorted(ages))]
    doomed = superfluous(saves, NOW)
    kept = [backup for backup in saves if backup not in doomed]
    assert kept[:NEWEST_KEPT] == saves[:NEWEST_KEPT]
    assert len(kept) <= NEWEST_KEPT + DAYS_KEPT + 1 + WEEKS_KEPT + 1
    assert superfluous(kept, NOW) == []


def test_many_saves_leave_few_backups(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        for number in range(12):
            put(project, "word", n=number)
            project.save()
    assert [backup.number for backup in find_backups(file)][:NEWEST_KEPT] == [12, 11, 10, 9]
    assert len(find_backups(file)) <= NEWEST_KEPT + 1


def test_old_backups_that_cannot_be_deleted_do_not_spoil_the_save(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "held")

    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        monkeypatch.setattr(backups, "thin_out", refuse)
        project.save()
        assert not project.dirty
    assert "could not be deleted" in caplog.text


def test_thin_out_deletes_what_is_superfluous(tmp_path: Path) -> None:
    file = tmp_path / "a.fabula"
    for number in range(1, 9):
        path = tmp_path / f"a.fabula~{number}~"
        path.touch()
        os.utime(path, (NOW.timestamp() - 60 * (9 - number),) * 2)
    thin_out(file, NOW)
    assert [backup.number for backup in find_backups(file)] == [8, 7, 6, 5]
