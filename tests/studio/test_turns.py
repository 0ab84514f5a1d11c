"""One thing after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.background import Background
from studio.document.errors import ProjectError
from studio.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def turns(qtbot: QtBot) -> Iterator[Turns]:
    made = Turns(Background())
    yield made
    made.close()


def unexpected(result: object) -> None:
    pytest.fail(str(result))


def step(turns: Turns, done: list[str], name: str, sentence: str = "") -> Callable[[], bool]:
    def begin() -> bool:
        done.append(f"{name} begins")
        return turns.begin(sentence, lambda: f"{name} ends", done.append, unexpected)

    return begin


def test_the_second_waits_for_the_first(turns: Turns, qtbot: QtBot) -> None:
    done: list[str] = []
    turns.take(step(turns, done, "one"))
    turns.take(step(turns, done, "two"))
    assert done == ["one begins"]
    assert (turns.is_taken, turns.has_waiting) == (True, True)
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done == ["one begins", "one ends", "two begins", "two ends"]
    assert (turns.is_taken, turns.has_waiting) == (False, False)


def test_what_follows_from_a_step_comes_before_what_waits(turns: Turns, qtbot: QtBot) -> None:
    done: list[str] = []

    def follow(result: str) -> None:
        done.append(result)
        turns.take_next(step(turns, done, "next"))

    turns.take(lambda: turns.begin("", lambda: "first", follow, unexpected))
    turns.take(step(turns, done, "last"))
    qtbot.waitUntil(lambda: len(done) == 5)
    assert done == ["first", "next begins", "next ends", "last begins", "last ends"]


def test_a_step_that_asks_keeps_the_others_waiting(turns: Turns) -> None:
    done: list[str] = []

    def second() -> bool:
        done.append("second")
        return False

    def ask() -> bool:
        turns.take(second)  # another start, while the dialog is open
        done.append("answered")
        return False

    turns.take(ask)
    assert done == ["answered", "second"]


def test_a_step_that_raises_ends_its_turn(turns: Turns) -> None:
    def fail() -> bool:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it is ours
        turns.take(fail)
    done: list[str] = []
    turns.take(step(turns, done, "next"))
    assert done == ["next begins"]


def test_it_says_what_it_does(turns: Turns, qtbot: QtBot) -> None:
    said: list[str] = []
    turns.busy_changed.connect(said.append)

    def fail() -> str:
        raise ProjectError("disk_full", "The disk is full.")

    failed: list[ProjectError] = []
    turns.take(lambda: turns.begin("Saving…", fail, unexpected, failed.append))
    qtbot.waitUntil(lambda: bool(failed))
    assert said == ["Saving…", ""]


def test_close_ends_what_runs_and_forgets_what_waits(turns: Turns) -> None:
    done: list[str] = []
    turns.take(step(turns, done, "one"))
    turns.take(step(turns, done, "two"))
    turns.close()
    assert done == ["one begins", "one ends"]
