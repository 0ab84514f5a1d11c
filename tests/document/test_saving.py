from __future__ import annotations

import errno
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.document import saving
from studio.document.assets import Asset
from studio.document.documents import Change
from studio.document.errors import ProjectError
from studio.document.opening import open_project
from studio.document.project_file import opened, read_documents
from studio.document.recovery_database import copy_into
from studio.document.schema import APPLICATION_ID, NEWEST
from tests.document.making import PICTURE, card, make_file, put, tear, with_picture

if TYPE_CHECKING:
    from studio.document.project import Project


def _keys(file: Path) -> set[str]:
    with opened(file) as db:
        return set(read_documents(db))


def test_a_saved_project_is_one_file_that_says_what_it_is(project: Project, file: Path) -> None:
    project.apply(with_picture())
    project.save_as(file)
    assert list(file.parent.iterdir()) == [file]
    data = file.read_bytes()
    assert int.from_bytes(data[60:64]) == NEWEST
    assert int.from_bytes(data[68:72]) == APPLICATION_ID
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("SELECT hash, media, size, data FROM asset").fetchall() == [
            (PICTURE.hash, "image/png", len(PICTURE.data), PICTURE.data)
        ]


def test_assets_that_nothing_refers_to_are_left_out_and_come_back_with_undo(
    project: Project, file: Path
) -> None:
    other = Asset.from_bytes(bytes(200_000))
    undo = project.apply(Change(puts=(card("pier", picture=other.hash),), assets=(other,)))
    project.apply(with_picture())
    redo = project.apply(undo)
    project.save_as(file)
    with opened(file) as db:
        assert db.execute("SELECT hash FROM asset").fetchall() == [(PICTURE.hash,)]
    assert file.stat().st_size < 200_000
    project.apply(redo)
    project.save()
    with opened(file) as db:
        assert db.execute("SELECT count(*) FROM asset").fetchone() == (2,)


def test_edits_may_come_while_another_thread_saves(project: Project, file: Path) -> None:
    put(project, "mara")
    plan = project.begin_save(file)
    done = list[saving.SavedFile]()
    thread = threading.Thread(target=lambda: done.append(plan.write()))
    thread.start()
    put(project, "owl")
    while thread.is_alive():
        put(project, "fox", n=project.revision)
    put(project, "wolf")
    project.finish_save(done[0])
    assert (project.dirty, project.path) == (True, file)
    assert "mara" in _keys(file)
    assert "wolf" not in _keys(file)
    project.save()
    assert _keys(file) == set(project.documents)
    assert not project.dirty


def test_a_save_never_shows_others_what_is_private(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = list[int]()

    def look(db: sqlite3.Connection, target: Path) -> None:
        modes.append(target.stat().st_mode & 0o777)
        copy_into(db, target)
        modes.append(target.stat().st_mode & 0o777)

    make_file(root, file).chmod(0o400)
    monkeypatch.setattr("studio.document.saving.copy_into", look)
    with closing(open_project(file, root)) as project:
        project.apply(Change(deletes=("mara",)))
        project.save()
    assert modes == [0o600] * 4
    assert file.stat().st_mode & 0o777 == 0o400


def test_what_another_program_changed_is_not_overwritten_unasked(
    root: Path, file: Path, tmp_path: Path
) -> None:
    make_file(root, file)
    with closing(open_project(file, root)) as project:
        put(project, "fox")
        with closing(open_project(file, tmp_path / "elsewhere")) as other:
            put(other, "wolf")
            other.save()
        with pytest.raises(ProjectError, match="was changed by another program"):
            project.save()
        assert _keys(file) == {"mara", "owl", "wolf"}
        project.save(overwrite=True)
        assert _keys(file) == {"mara", "owl", "fox"}
        assert _keys(file.with_name("harbour.fabula~2~")) == {"mara", "owl", "wolf"}


def test_a_file_that_was_deleted_is_made_again(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        file.unlink()
        project.save()
    assert _keys(file) == {"mara", "owl", "fox"}


def test_links_and_permissions_stay(root: Path, file: Path) -> None:
    make_file(root, file).chmod(0o640)
    link = file.with_name("link.fabula")
    link.symlink_to(file)
    with closing(open_project(link, root)) as project:
        put(project, "fox")
        project.save()
    assert (link.is_symlink(), file.stat().st_mode & 0o777) == (True, 0o640)


def test_saving_over_something_else_keeps_a_backup_of_it(project: Project, file: Path) -> None:
    file.write_text("a poem", encoding="utf-8")
    project.save_as(file)
    assert file.with_name("harbour.fabula~1~").read_text(encoding="utf-8") == "a poem"


@pytest.mark.parametrize("where", ["none/a.fabula", "file/a.fabula", "x" * 300])
def test_a_place_that_is_none_is_one_sentence(project: Project, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").touch()
    put(project, "mara")
    with pytest.raises(ProjectError, match="could not be saved: ") as error:
        project.save_as(tmp_path / where)
    assert (project.path, project.dirty, bool(error.value.hint)) == (None, True, True)


STEPS = ["_copy_database", "_sync", "backups.make_backup", "replace", "sync_folder"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_old_or_the_new_file_and_a_sentence(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        with monkeypatch.context() as patch:
            patch.setattr(f"studio.document.saving.{step}", fail)
            with pytest.raises(ProjectError, match=r"“harbour\.fabula” could not be saved: "):
                project.save()
        assert project.dirty
        new = step == "sync_folder"
        assert _keys(file) == ({"mara", "owl", "fox"} if new else {"mara", "owl"})
        assert len(list(file.parent.iterdir())) == 1 + new
        project.save()
        assert not project.dirty
    assert _keys(file) == {"mara", "owl", "fox"}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_disk_that_fills_up_while_saving(root: Path, file: Path, share: float) -> None:
    resource = pytest.importorskip("resource")
    with closing(open_project(make_file(root, file), root)) as project:
        project.apply(
            Change(puts=(card("fox", picture=(big := Asset.from_bytes(os.urandom(300_000))).hash),))
        )
        project.store(big)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(300_000 * share), limits[1]))
        try:
            with pytest.raises(ProjectError, match="could not be saved: the disk"):
                project.save()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert _keys(file) == {"mara", "owl"}
        assert list(file.parent.iterdir()) == [file]
        project.save()
    assert _keys(file) == {"mara", "owl", "fox"}


def test_a_copy_that_came_out_wrong_never_takes_the_place(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = saving._copy_database

    def copy_badly(database: Path, part: Path, target: Path) -> None:
        copy(database, part, target)
        tear(part)

    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        monkeypatch.setattr(saving, "_copy_database", copy_badly)
        with pytest.raises(ProjectError, match="could not be saved: the data on the disk"):
            project.save()
    assert _keys(file) == {"mara", "owl"}
    assert list(file.parent.iterdir()) == [file]


def test_the_file_is_on_the_disk_before_it_has_its_name_and_the_name_after(
    project: Project, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = list[str]()

    def record(name: str) -> None:
        real = getattr(saving, name)

        def call(*arguments: Any) -> None:
            calls.append(name)
            real(*arguments)

        monkeypatch.setattr(saving, name, call)

    for name in ("_sync", "replace", "sync_folder"):
        record(name)
    project.save_as(file)
    assert calls == ["_sync", "replace", "sync_folder"]
