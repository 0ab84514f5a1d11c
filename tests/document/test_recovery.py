from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.document.documents import Change
from studio.document.errors import ProjectError
from studio.document.opening import new_project, open_project
from studio.document.recovery import (
    KEPT_AFTER_DISCARD,
    Differences,
    discard,
    find_discarded,
    find_recoverable,
    reopen,
    tidy,
)
from tests.document.making import PICTURE, card, crashed, make_file, put, with_picture

if TYPE_CHECKING:
    from studio.document.project import Project


def test_work_without_a_name_is_found_and_opened_again(root: Path) -> None:
    with closing(new_project(root)) as project:
        project.apply(with_picture())
    (found,) = find_recoverable(root)
    assert (found.name, found.path, found.problem) == ("Untitled", None, "")
    assert found.differences == Differences(added=("mara",))
    assert datetime.now(UTC) - found.changed < timedelta(minutes=1)
    with closing(reopen(found)) as project:
        assert (project.dirty, project.revision) == (True, 1)
        assert project.asset(PICTURE.hash) == PICTURE
        put(project, "owl")
    assert len(find_recoverable(root)) == 1


def test_what_differs_from_the_file_is_said(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        project.apply(Change(puts=(card("fox"), card("owl", text="new")), deletes=("mara",)))
    (found,) = find_recoverable(root)
    assert (found.name, found.path) == ("harbour", file)
    assert found.differences == Differences(("fox",), ("owl",), ("mara",))
    with closing(reopen(found)) as project:
        project.save()
    assert find_recoverable(root) == []
    with closing(open_project(file, root)) as project:
        assert set(project.documents) == {"fox", "owl"}


def test_what_is_the_same_as_in_the_file_is_not_offered(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        project.apply(put(project, "fox"))
        assert project.dirty
    assert find_recoverable(root) == []
    assert [path.name for path in root.iterdir()] == ["lock"]


def test_an_empty_project_is_not_offered(root: Path, tmp_path: Path, project: Project) -> None:
    assert find_recoverable(crashed(root, tmp_path / "1")) == []
    project.apply(put(project, "fox"))
    assert find_recoverable(crashed(root, tmp_path / "2")) == []


def test_projects_of_running_programs_are_left_alone(root: Path, project: Project) -> None:
    put(project, "mara")
    assert find_recoverable(root) == []
    put(project, "owl")


def test_nobody_else_gets_work_that_was_opened_again(root: Path, project: Project) -> None:
    with closing(new_project(root)) as other:
        put(other, "mara")
    (found,) = find_recoverable(root)
    with closing(reopen(found)), pytest.raises(ProjectError, match="open in another window"):
        reopen(found)


def test_work_is_not_opened_beside_its_file(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
    (found,) = find_recoverable(root)
    with closing(open_project(file, root)), pytest.raises(ProjectError, match="is open in"):
        reopen(found)
    with closing(reopen(found)) as project:
        assert "fox" in project.documents


def test_a_file_that_was_saved_since_is_not_overwritten_unasked(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
    (found,) = find_recoverable(root)
    with closing(open_project(file, root)) as project:
        put(project, "wolf")
        project.save()
    with closing(reopen(found)) as project:
        with pytest.raises(ProjectError, match="changed by another program"):
            project.save()
        project.discard()


def test_a_crash_between_the_new_file_and_its_note_is_no_unsaved_work(
    root: Path, file: Path, tmp_path: Path, project: Project
) -> None:
    put(project, "mara")
    project.begin_save(file).write()
    assert find_recoverable(crashed(root, tmp_path / "1")) == []
    project.save_as(file)
    put(project, "owl")
    project.begin_save().write()
    assert find_recoverable(crashed(root, tmp_path / "2")) == []


def test_what_a_broken_off_save_left_is_swept_up(
    root: Path, file: Path, tmp_path: Path, project: Project
) -> None:
    put(project, "mara")
    plan = project.begin_save(file)
    for suffix in ("", ".smaller", ".smaller-journal"):
        plan.part.with_name(plan.part.name + suffix).touch()
    file.with_name(".fabula-other.part").touch()
    (found,) = find_recoverable(crashed(root, tmp_path / "1"))
    assert found.path is None
    assert [path.name for path in file.parent.iterdir()] == [".fabula-other.part"]


def test_a_folder_that_cannot_be_swept_does_not_hide_the_work(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        project.begin_save().part.touch()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError("held")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert len(find_recoverable(root)) == 1
    assert "could not be deleted" in caplog.text


def test_discarded_work_is_kept_thirty_days_and_can_come_back(root: Path, file: Path) -> None:
    make_file(root, file)
    with closing(open_project(file, root)) as project:
        put(project, "fox")
    discard(find_recoverable(root)[0])
    with closing(new_project(root)) as project:
        put(project, "wolf")
        project.discard()
    assert find_recoverable(root) == []
    found = find_discarded(root)
    assert {each.name for each in found} == {"harbour", "Untitled"}
    now = datetime.now(UTC)
    assert all(each.discarded and now - each.discarded < timedelta(minutes=1) for each in found)
    tidy(root, now + KEPT_AFTER_DISCARD - timedelta(minutes=1))
    (harbour,) = [each for each in find_discarded(root) if each.name == "harbour"]
    with closing(reopen(harbour)) as project:
        assert "fox" in project.documents
    assert [each.name for each in find_recoverable(root)] == ["harbour"]
    tidy(root, now + timedelta(days=31))
    assert find_discarded(root) == []
    assert [each.name for each in find_recoverable(root)] == ["harbour"]


def test_the_last_good_copy_is_never_deleted(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        project.discard()
    data = file.read_bytes()
    file.write_bytes(data[:5000])
    tidy(root, datetime.now(UTC) + timedelta(days=400))
    (found,) = find_discarded(root)
    assert "mara" in found.differences.added
    file.write_bytes(data)
    tidy(root, datetime.now(UTC) + timedelta(days=400))
    assert find_discarded(root) == []


def test_discarding_what_is_saved_leaves_nothing(root: Path, file: Path) -> None:
    open_project(make_file(root, file), root).discard()
    assert [path.name for path in root.iterdir()] == ["lock"]


def test_damaged_work_is_reported_and_kept(root: Path) -> None:
    with closing(new_project(root)) as project:
        put(project, "mara", text="x" * 20_000)
    (found,) = find_recoverable(root)
    database = found.folder / "recovery.sqlite3"
    database.write_bytes(database.read_bytes()[:5000])
    (found,) = find_recoverable(root)
    assert found.problem.endswith(".")
    with pytest.raises(ProjectError, match="could not be opened"):
        reopen(found)
    assert len(find_recoverable(root)) == 1


def test_work_of_a_newer_version_is_kept_for_it(root: Path) -> None:
    with closing(new_project(root)) as project:
        put(project, "mara")
        project._db.execute("PRAGMA user_version = 99")
    (found,) = find_recoverable(root)
    assert "newer version" in found.problem
    with pytest.raises(ProjectError, match="newer version"):
        reopen(found)
    assert len(find_recoverable(root)) == 1


@pytest.mark.parametrize("facts", ["", "nonsense", "[]", "{}", json.dumps({"path": 7})])
def test_without_its_facts_the_work_is_still_there(root: Path, facts: str) -> None:
    with closing(new_project(root)) as project:
        put(project, "mara")
    (found,) = find_recoverable(root)
    (found.folder / "session.json").write_text(facts, encoding="utf-8")
    (found,) = find_recoverable(root)
    with closing(reopen(found)) as project:
        assert set(project.documents) == {"mara"}


def test_what_a_crash_left_of_a_beginning_or_an_end_is_cleared(root: Path) -> None:
    (root / "0123.gone").mkdir(parents=True)
    (root / "0123.gone" / "recovery.sqlite3").touch()
    (root / "4567").mkdir()
    (root / "4567" / "recovery.part").touch()
    assert find_recoverable(root) == []
    assert [path.name for path in root.iterdir()] == ["lock"]


def test_before_the_first_start_there_is_nothing(root: Path) -> None:
    assert find_recoverable(root) == []
    tidy(root, datetime.now(UTC))


def test_a_save_that_was_not_noted_is_known_as_the_projects_own(root: Path, file: Path) -> None:
    """The process dies after the file was replaced, and edits had gone on meanwhile."""
    project = open_project(make_file(root, file), root)
    put(project, "fox")
    project.begin_save().write()
    put(project, "wolf")
    (found,) = find_recoverable(crashed(root, root.with_name("after")))
    assert found.differences == Differences(added=("wolf",))
    with closing(reopen(found)) as again:
        again.save()  # is not taken for another program's work
        assert not again.dirty
    project.abandon_save()
    project.discard()


def test_two_crashes_in_two_saves_leave_the_file_the_projects_own(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first after the new file had its name, the second before it had."""
    make_file(root, file)
    with closing(open_project(file, root)) as project:
        put(project, "owl", text="once")
        project.begin_save().write()
        put(project, "owl", text="twice")
        (found,) = find_recoverable(crashed(root, root.with_name("first")))
        project.discard()
    with closing(reopen(found)) as project:

        def die(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as dying:
            dying.setattr("studio.document.saving.replace", die)
            with pytest.raises(KeyboardInterrupt):
                project.begin_save().write()
        (found,) = find_recoverable(crashed(found.folder.parent, root.with_name("second")))
        project.discard()
    with closing(reopen(found)) as project:
        project.save()
        assert project.documents["owl"].data["text"] == "twice"
        assert not project.dirty
