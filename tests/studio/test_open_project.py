"""Edits of the open project: durable, one history, and what a full disk does to them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from studio.document.documents import Change, Changes
from studio.document.opening import new_project
from studio.document.opening import open_project as open_file
from studio.messages import Messages
from studio.open_project import OpenProject
from tests.document.making import card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.document.project import Project
    from studio.errors import Problem


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "projects"


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def problems(messages: Messages) -> list[Problem]:
    told: list[Problem] = []
    messages.problem_reported.connect(told.append)
    return told


@pytest.fixture
def desk(qtbot: QtBot, root: Path, messages: Messages) -> Iterator[OpenProject]:
    desk = OpenProject(new_project(root), messages)
    yield desk
    desk.project.discard()


def values(desk: OpenProject) -> dict[str, object]:
    return {key: document.data["value"] for key, document in desk.documents.items()}


def put(desk: OpenProject, key: str, value: object, merge_key: str = "") -> bool:
    change = Change(puts=(card(key, value=value),))
    return desk.edit(f"Set {key} to {value}", change, merge_key=merge_key)


def fill_disk(monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    def refuse(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("studio.document.project.write_state", refuse)


def test_an_edit_can_be_undone_and_done_again(desk: OpenProject) -> None:
    put(desk, "a", 1)
    put(desk, "a", 2)
    assert desk.undo_text == "Set a to 2"
    desk.undo()
    assert values(desk) == {"a": 1}
    assert desk.redo_text == "Set a to 2"
    desk.undo()
    assert values(desk) == {}
    assert not desk.can_undo
    desk.redo()
    desk.redo()
    assert values(desk) == {"a": 2}
    assert not desk.can_redo


def test_any_step_of_the_history_can_be_gone_to(desk: OpenProject) -> None:
    for value in range(5):
        put(desk, "a", value)
    assert desk.steps == [f"Set a to {value}" for value in range(5)]
    desk.go_to(2)
    assert values(desk) == {"a": 1}
    assert desk.done_steps == 2
    desk.go_to(5)
    assert values(desk) == {"a": 4}
    desk.go_to(-7)
    assert values(desk) == {}


def test_typing_is_one_step(desk: OpenProject) -> None:
    for word in ("M", "Ma", "Mara"):
        put(desk, "a", word, merge_key="name of a")
    put(desk, "b", 1, merge_key="name of b")
    assert len(desk.steps) == 2
    desk.go_to(0)
    assert values(desk) == {}
    desk.go_to(2)
    assert values(desk) == {"a": "Mara", "b": 1}


def test_typing_back_to_what_it_was_leaves_no_step(desk: OpenProject) -> None:
    put(desk, "a", "Mara")
    put(desk, "a", "Mar", merge_key="name")
    put(desk, "a", "Mara", merge_key="name")
    assert desk.steps == ["Set a to Mara"]


def test_an_edit_that_changes_nothing_is_no_step(desk: OpenProject) -> None:
    put(desk, "a", 1)
    assert put(desk, "a", 1)
    assert len(desk.steps) == 1


def test_observers_hear_who_made_the_change(desk: OpenProject) -> None:
    heard: list[tuple[Changes, object]] = []
    desk.changed.connect(lambda changes, by: heard.append((changes, by)))
    me = object()
    desk.edit("Make", Change(puts=(card("a", value=1),)), by=me)
    desk.undo()
    assert [(c.added, c.removed, by) for c, by in heard] == [
        (frozenset("a"), frozenset(), me),
        (frozenset(), frozenset("a"), None),
    ]


def test_undoing_back_to_the_saved_state_is_saved(desk: OpenProject, tmp_path: Path) -> None:
    put(desk, "a", 1)
    assert desk.modified
    desk.project.save_as(tmp_path / "one.fabula")
    desk.note_saved()
    assert not desk.modified
    assert desk.name == "one"
    put(desk, "a", 2)
    assert desk.modified
    desk.undo()
    assert not desk.modified


def _saving(desk: OpenProject, file: Path) -> Callable[[], None]:
    """Writes the project's file; the function that is returned ends the save."""
    desk.about_to_save.emit()
    plan = desk.project.begin_save(file)
    saved = plan.write()

    def finish() -> None:
        desk.project.finish_save(saved)
        desk.note_saved()

    return finish


def test_undoing_what_was_done_during_a_save_is_saved(desk: OpenProject, tmp_path: Path) -> None:
    put(desk, "a", 1)
    put(desk, "a", 2)
    finish = _saving(desk, tmp_path / "one.fabula")
    put(desk, "a", 3)
    put(desk, "b", 1)
    moved: list[None] = []
    desk.history_changed.connect(lambda: moved.append(None))
    finish()
    assert moved == []
    assert (values(desk), desk.modified) == ({"a": 3, "b": 1}, True)
    desk.undo()
    assert desk.modified
    desk.undo()
    assert (values(desk), desk.modified) == ({"a": 2}, False)
    desk.undo()
    assert desk.modified


def test_an_edit_undone_during_a_save_leaves_nothing_to_save(
    desk: OpenProject, tmp_path: Path
) -> None:
    put(desk, "a", 1)
    finish = _saving(desk, tmp_path / "one.fabula")
    put(desk, "a", 2)
    desk.undo()
    finish()
    assert not desk.modified


def test_a_step_that_a_save_holds_half_of_is_never_clean(desk: OpenProject, tmp_path: Path) -> None:
    desk.edit("Type", Change(puts=(card("a", value="x"),)), merge_key="typing")
    finish = _saving(desk, tmp_path / "one.fabula")
    desk.edit("Type", Change(puts=(card("a", value="xy"),)), merge_key="typing")
    finish()
    assert desk.modified
    desk.undo()
    assert desk.modified
    desk.redo()
    assert desk.modified


def test_a_step_that_was_undone_and_replaced_during_a_save_is_never_clean(
    desk: OpenProject, tmp_path: Path
) -> None:
    put(desk, "a", 1)
    finish = _saving(desk, tmp_path / "one.fabula")
    desk.undo()
    put(desk, "b", 1)
    finish()
    assert desk.modified
    desk.undo()
    assert desk.modified


def test_a_full_disk_refuses_an_edit_and_changes_nothing(
    desk: OpenProject, monkeypatch: pytest.MonkeyPatch, problems: list[Problem]
) -> None:
    put(desk, "a", 1)
    with monkeypatch.context() as full:
        fill_disk(full, desk.project)
        assert not put(desk, "a", 2)
    assert values(desk) == {"a": 1}
    assert desk.steps == ["Set a to 1"]
    assert [problem.code for problem in problems] == ["disk_full"]


def test_a_full_disk_stops_the_way_through_the_history(
    desk: OpenProject, monkeypatch: pytest.MonkeyPatch, problems: list[Problem]
) -> None:
    for value in (1, 2, 3):
        put(desk, "a", value)
    with monkeypatch.context() as full:
        fill_disk(full, desk.project)
        desk.go_to(0)
        assert values(desk) == {"a": 3}
        assert desk.done_steps == 3
    desk.go_to(1)
    with monkeypatch.context() as full:
        fill_disk(full, desk.project)
        desk.redo()
        assert desk.done_steps == 1
    assert values(desk) == {"a": 1}
    desk.go_to(3)
    assert values(desk) == {"a": 3}
    assert len(problems) == 2


def test_the_oldest_steps_are_forgotten(desk: OpenProject) -> None:
    desk.limit_history(10_000)
    for value in range(10):
        put(desk, "a", str(value) * 1000)
    assert 0 < desk.forgotten_steps < 10
    assert len(desk.steps) == 10 - desk.forgotten_steps
    desk.go_to(0)
    assert not desk.can_undo
    assert values(desk) == {"a": str(desk.forgotten_steps - 1) * 1000}
    desk.go_to(len(desk.steps))
    assert values(desk) == {"a": "9" * 1000}


def test_a_step_larger_than_the_history_can_still_be_undone(desk: OpenProject) -> None:
    desk.limit_history(100)
    put(desk, "a", "x" * 1000)
    desk.undo()
    assert values(desk) == {}


def test_another_project_has_its_own_history(
    desk: OpenProject, root: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    put(desk, "a", 1)
    desk.project.save_as(tmp_path / "one.fabula")
    desk.note_saved()
    other = new_project(root)
    with qtbot.waitSignals([desk.replaced, desk.named]):
        old = desk.replace(other)
    assert (desk.steps, desk.modified, values(desk)) == ([], False, {})
    heard: list[Changes] = []
    desk.changed.connect(lambda changes, _by: heard.append(changes))
    put(desk, "b", 1)
    assert len(heard) == 1
    old.close()
    reopened = open_file(tmp_path / "one.fabula", root)
    desk.replace(reopened).discard()
    assert values(desk) == {"a": 1}


def test_a_revert_is_a_step(desk: OpenProject, tmp_path: Path) -> None:
    put(desk, "a", 1)
    desk.project.save_as(tmp_path / "one.fabula")
    desk.note_saved()
    put(desk, "a", 2)
    put(desk, "b", 2)
    desk.revert("Revert", desk.project.read())
    assert values(desk) == {"a": 1}
    assert not desk.modified
    desk.undo()
    assert values(desk) == {"a": 2, "b": 2}
    assert desk.modified
    desk.redo()
    assert values(desk) == {"a": 1}


def test_a_project_that_can_only_be_read_says_so(
    qtbot: QtBot, root: Path, tmp_path: Path, messages: Messages, problems: list[Problem]
) -> None:
    first = new_project(root)
    first.save_as(tmp_path / "one.fabula")
    desk = OpenProject(open_file(tmp_path / "one.fabula", root), messages)
    assert desk.read_only is not None
    assert not put(desk, "a", 1)
    assert [problem.code for problem in problems] == ["open_elsewhere"]
    desk.project.close()
    first.close()
