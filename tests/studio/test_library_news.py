"""What came of the work on the library, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Signal

from pipelines.api import Failed
from studio.errors import Problem
from studio.library_import import Imported
from studio.library_news import LibraryNews
from studio.library_rebuild import Rebuilt
from studio.messages import Messages

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.library_work import LibraryWork

A, B = Path("/a/a.png"), Path("/a/b.png")


class Work(QObject):
    looked = Signal(object, bool)
    imported = Signal(object)
    failed = Signal(object)


class World:
    def __init__(self) -> None:
        self.work, self.messages = Work(), Messages()
        self.told: list[object] = []
        self.messages.notice_given.connect(self.told.append)
        self.messages.problem_reported.connect(self.told.append)
        self.news = LibraryNews(cast("LibraryWork", self.work), self.messages, self.work)


@pytest.fixture
def world(qtbot: QtBot) -> World:
    return World()


def test_a_look_is_told_where_somebody_asked(world: World) -> None:
    world.work.looked.emit(Rebuilt(3, 1, (A,)), False)
    assert world.told == []
    world.work.looked.emit(Rebuilt(3, 1, ()), True)
    world.work.looked.emit(Rebuilt(4, 0, ()), True)
    world.work.looked.emit(Rebuilt(0, 2, ()), True)
    world.work.looked.emit(Rebuilt(0, 0, ()), True)
    assert world.told == [
        "Pictures that are new or changed: 3, gone: 1",
        "Pictures that are new or changed: 4",
        "Pictures that are gone: 2",
        "No picture is new, changed or gone",
    ]


def test_what_came_in_is_told(world: World) -> None:
    world.work.imported.emit(Imported((A, B), 2, ()))
    world.work.imported.emit(Imported((A, B), 1, ()))
    assert world.told == [
        "Copied into the library: 2",
        "Copied into the library: 1, there already: 1",
    ]


def test_what_is_no_picture_is_a_problem(world: World) -> None:
    world.work.imported.emit(Imported((), 0, (A,)))
    world.work.looked.emit(Rebuilt(0, 0, (A, B)), True)
    one, two = world.told
    assert isinstance(one, Problem)
    assert isinstance(two, Problem)
    assert one.message == "“a.png” cannot be read as a picture."
    assert two.message == "2 files cannot be read as pictures."
    assert two.details == f"{A}\n{B}"


def test_a_failure_is_a_problem(world: World) -> None:
    world.work.failed.emit(Failed("library_unwritable", "It is full.", "Make room."))
    assert world.told == [Problem("It is full.", "Make room.", "", "library_unwritable")]
