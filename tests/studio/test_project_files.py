"""New, open, save, revert, restore and close: what becomes of the work in each case."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from studio.document import saving
from studio.document.backups import find_backups
from studio.document.errors import ProjectError
from studio.document.opening import open_project
from studio.document.project_file import opened, read_documents
from studio.document.recovery import find_discarded, find_recoverable
from studio.project_talk import Unsaved, Way
from tests.document.making import make_file, tear
from tests.studio.project_world import world

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.studio.project_world import World

__all__ = ["world"]


def read(path: Path) -> set[str]:
    with opened(path) as db:
        return set(read_documents(db))


def in_file(path: Path) -> dict[str, object]:
    with opened(path) as db:
        return {key: document.data["value"] for key, document in read_documents(db).items()}


# ---- saving --------------------------------------------------------------------------------------


def test_an_untitled_project_is_asked_for_its_name(world: World, qtbot: QtBot) -> None:
    world.put("mara", 1)
    path = world.folder / "harbour.fabula"
    world.person.names.append(path)
    with qtbot.waitSignal(world.files.saved):
        world.files.save()
    assert world.person.asked == ["Untitled"]
    assert (world.desk.name, world.desk.modified, world.desk.path) == ("harbour", False, path)
    assert in_file(path) == {"mara": 1}
    assert world.recent.paths == (path,)
    world.put("mara", 2)
    with qtbot.waitSignal(world.files.saved):
        world.files.save()
    assert in_file(path) == {"mara": 2}
    assert world.person.names == []


def test_without_a_name_nothing_is_saved(world: World) -> None:
    world.put("mara", 1)
    world.person.names.append(None)
    world.files.save()
    world.settle()
    assert world.desk.modified
    assert world.desk.path is None


def test_edits_go_on_while_it_is_saved(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    go_on, writing = threading.Event(), threading.Event()
    verify = saving._verify

    def slow(part: Path) -> Any:
        writing.set()
        assert go_on.wait(20)
        return verify(part)

    monkeypatch.setattr(saving, "_verify", slow)
    said: list[str] = []
    world.turns.busy_changed.connect(said.append)
    world.files.save()
    qtbot.waitUntil(writing.is_set)
    world.put("mara", 2)
    assert world.values() == {"mara": 2}
    go_on.set()
    world.settle()
    assert in_file(path) == {"mara": 1}
    assert world.desk.modified
    assert said == ["Saving…", ""]
    world.files.save()
    world.settle()
    assert in_file(path) == {"mara": 2}
    assert not world.desk.modified


def test_a_file_that_another_program_changed_is_not_overwritten_unasked(world: World) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    make_file(world.root, world.folder / "other.fabula").replace(path)
    world.files.save()
    assert [error.code for error in world.person.told] == ["changed_on_disk"]
    assert list(world.person.ways) == [Way.OVERWRITE, Way.SAVE_AS]
    assert read(path) == {"mara", "owl"}
    world.person.ways[Way.OVERWRITE]()
    world.settle()
    assert in_file(path) == {"mara": 1}
    assert [read(backup.path) for backup in find_backups(path)] == [{"mara", "owl"}]
    assert not world.desk.modified


def test_a_save_that_fails_says_so_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(saving, "_sync", full)
        world.files.save()
        world.settle()
    assert [error.code for error in world.person.told] == ["disk_full"]
    assert world.desk.modified
    assert in_file(path) == {}
    world.person.names.append(world.folder / "elsewhere.fabula")
    world.person.ways[Way.SAVE_AS]()
    world.settle()
    assert in_file(world.folder / "elsewhere.fabula") == {"mara": 1}
    assert not world.desk.modified


def test_save_as_onto_a_folder_is_refused_and_can_be_tried_again(world: World) -> None:
    world.put("mara", 1)
    (world.folder / "in_the_way.fabula").mkdir()
    world.person.names.append(world.folder / "in_the_way.fabula")
    world.files.save_as()
    world.settle()
    assert len(world.person.told) == 1
    assert world.desk.path is None
    world.save_as("harbour")


# ---- one project after the other -----------------------------------------------------------------


def test_new_asks_and_what_is_given_up_can_be_brought_back(world: World) -> None:
    world.put("mara", 1)
    world.person.answers = [Unsaved.STAY, Unsaved.GIVE_UP]
    world.files.new()
    world.settle()
    assert world.values() == {"mara": 1}
    world.files.new()
    world.settle()
    assert (world.values(), world.desk.modified, world.desk.steps) == ({}, False, [])
    world.background.finish()
    (found,) = find_discarded(world.root)
    assert found.differences.added == ("mara",)
    assert find_recoverable(world.root) == []
    world.files.reopen(found)
    assert world.values() == {"mara": 1}
    assert world.desk.modified


def test_new_saves_first_where_that_is_wanted(world: World) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.person.answers = [Unsaved.SAVE]
    world.files.new()
    world.settle()
    assert in_file(path) == {"mara": 1}
    assert world.desk.path is None
    assert world.values() == {}


def test_a_save_that_is_not_named_keeps_the_project_open(world: World) -> None:
    world.put("mara", 1)
    world.person.answers, world.person.names = [Unsaved.SAVE], [None]
    world.files.new()
    world.settle()
    assert world.values() == {"mara": 1}


def test_nothing_unsaved_is_not_asked_about(world: World) -> None:
    world.put("mara", 1)
    path = world.save_as("harbour")
    world.files.new()
    world.settle()
    world.files.open(path)
    world.settle()
    assert world.person.asked == ["Untitled"]  # for its name
    assert world.values() == {"mara": 1}
    assert world.recent.last_open == path


def test_the_file_that_is_open_is_not_opened_again(world: World) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.files.open(path)
    world.settle()
    assert world.person.notes == ["harbour is open already."]
    assert world.values() == {"mara": 1}


@pytest.mark.parametrize("name", ["letter.fabula", "nowhere.fabula"])
def test_what_is_no_project_leaves_the_one_that_is_open(world: World, name: str) -> None:
    (world.folder / "letter.fabula").write_text("Dear Mara", encoding="utf-8")
    world.put("mara", 1)
    world.person.answers = [Unsaved.GIVE_UP]
    world.files.open(world.folder / name)
    world.settle()
    assert len(world.person.told) == 1
    assert world.values() == {"mara": 1}
    assert world.desk.modified
    assert world.recent.paths == ()


def test_a_damaged_project_offers_its_backups(world: World) -> None:
    world.put("mara", 1)
    path = world.save_as("harbour")
    world.put("mara", 2)
    world.files.save()
    world.settle()
    world.files.new()
    world.settle()
    tear(path)
    world.files.open(path)
    world.settle()
    assert [error.code for error in world.person.told] == ["damaged"]
    world.person.ways[Way.BACKUPS]()
    (backup,) = find_backups(path)
    world.person.backup_uses[0](backup)
    world.settle()
    assert (world.values(), world.desk.path, world.desk.modified) == ({"mara": 1}, path, True)
    world.files.save()
    world.settle()
    assert in_file(path) == {"mara": 1}


def test_a_copy_has_no_name(world: World) -> None:
    make_file(world.root, world.folder / "sample.fabula")
    before = (world.folder / "sample.fabula").read_bytes()
    world.files.open_copy(world.folder / "sample.fabula")
    world.settle()
    assert (world.desk.path, world.desk.modified) == (None, False)
    assert set(world.desk.documents) == {"mara", "owl"}
    assert (world.folder / "sample.fabula").read_bytes() == before


def test_a_project_that_is_open_elsewhere_can_be_saved_as_another(world: World) -> None:
    path = make_file(world.root, world.folder / "harbour.fabula")
    elsewhere = open_project(path, world.root)
    world.files.open(path)
    world.settle()
    assert world.desk.read_only is not None
    world.person.names.append(world.folder / "mine.fabula")
    world.files.save()
    world.settle()
    assert world.desk.read_only is None
    assert world.desk.name == "mine"
    elsewhere.close()


def test_unsaved_work_takes_the_place_of_its_own_file(world: World) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.person.answers = [Unsaved.GIVE_UP]
    world.files.new()
    world.settle()
    world.files.open(path)
    world.settle()
    (found,) = find_discarded(world.root)
    world.files.reopen(found)
    world.settle()
    assert world.person.told == []
    assert (world.values(), world.desk.path) == ({"mara": 1}, path)


def test_what_is_asked_for_while_a_file_is_read_comes_after_it(world: World) -> None:
    world.put("mara", 1)
    first = world.save_as("first")
    world.put("mara", 2)
    second = world.save_as("second")
    world.files.new()
    world.files.open(first)
    world.files.open(second)
    assert world.turns.has_waiting
    world.settle()
    assert world.values() == {"mara": 2}
    assert world.recent.paths == (second, first)


# ---- taking over what is in a file ---------------------------------------------------------------


def test_revert_is_one_step_that_can_be_undone(world: World) -> None:
    world.put("mara", 1)
    world.save_as("harbour")
    world.put("mara", 2)
    world.put("owl", 2)
    world.files.revert("Revert")
    world.settle()
    assert (world.values(), world.desk.modified) == ({"mara": 1}, False)
    assert world.desk.undo_text == "Revert"
    world.desk.undo()
    assert (world.values(), world.desk.modified) == ({"mara": 2, "owl": 2}, True)


def test_a_backup_is_restored_as_one_step(world: World) -> None:
    world.put("mara", 1)
    path = world.save_as("harbour")
    world.put("mara", 2)
    world.files.save()
    world.settle()
    (backup,) = find_backups(path)
    world.files.restore(backup.path, "Restore")
    world.settle()
    assert (world.values(), world.desk.modified) == ({"mara": 1}, True)
    assert world.desk.undo_text == "Restore"
    world.desk.undo()
    assert world.values() == {"mara": 2}


def test_a_backup_that_is_damaged_changes_nothing(world: World) -> None:
    world.put("mara", 1)
    path = world.save_as("harbour")
    world.put("mara", 2)
    world.files.save()
    world.settle()
    (backup,) = find_backups(path)
    tear(backup.path)
    world.files.restore(backup.path, "Restore")
    world.settle()
    assert [error.code for error in world.person.told] == ["damaged"]
    assert (world.values(), world.desk.modified) == ({"mara": 2}, False)


# ---- closing -------------------------------------------------------------------------------------


def test_closing_without_unsaved_work_asks_nothing(world: World) -> None:
    assert world.files.may_close()
    world.put("mara", 1)
    world.save_as("harbour")
    assert world.files.may_close()


def test_closing_saves_first_and_then_asks_to_be_closed_again(world: World, qtbot: QtBot) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.person.answers = [Unsaved.SAVE]
    with qtbot.waitSignal(world.files.close_wanted):
        assert not world.files.may_close()
    assert in_file(path) == {"mara": 1}
    assert world.files.may_close()


def test_going_on_working_keeps_the_window_open(world: World) -> None:
    world.put("mara", 1)
    world.person.answers = [Unsaved.STAY]
    assert not world.files.may_close()


def test_what_is_closed_without_saving_is_kept_but_not_offered(qtbot: QtBot, world: World) -> None:
    world.put("mara", 1)
    world.person.answers = [Unsaved.GIVE_UP]
    assert world.files.may_close()
    world.files.close()
    assert find_recoverable(world.root) == []
    assert len(find_discarded(world.root)) == 1


def test_an_end_without_a_question_offers_the_work_next_time(world: World) -> None:
    world.put("mara", 1)
    world.person.answers = [Unsaved.GIVE_UP]
    assert world.files.may_close()
    world.put("mara", 2)  # it was not closed after all
    world.files.close()
    (found,) = find_recoverable(world.root)
    assert found.differences.added == ("mara",)


def test_a_save_under_way_is_finished_before_the_window_closes(world: World, qtbot: QtBot) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.files.save()
    with qtbot.waitSignal(world.files.close_wanted):
        assert not world.files.may_close()
    assert in_file(path) == {"mara": 1}


def test_the_end_waits_for_what_is_written(world: World) -> None:
    path = world.save_as("harbour")
    world.put("mara", 1)
    world.files.save()
    world.files.close()
    assert in_file(path) == {"mara": 1}
    assert find_recoverable(world.root) == []


def test_a_recovery_folder_that_cannot_be_read_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_root: Path) -> None:
        raise ProjectError("disk_full", "A new project could not be made: the disk is full.")

    monkeypatch.setattr("studio.project_files.new_project", refuse)
    world.files.new()
    world.settle()
    assert [error.code for error in world.person.told] == ["disk_full"]
