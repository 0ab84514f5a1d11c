"""Results of threads come back into the window's thread."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from studio.background import Background
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.finish()


def fail() -> int:
    raise ProjectError("disk_full", "The disk is full.")


def test_the_work_is_in_another_thread_and_its_end_in_ours(
    background: Background, qtbot: QtBot
) -> None:
    threads: list[int] = []

    def done(thread: int) -> None:
        threads.extend([thread, threading.get_ident()])

    background.run(threading.get_ident, done)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != threads[1] == threading.get_ident()


def test_an_end_never_comes_inside_of_the_call(background: Background, qtbot: QtBot) -> None:
    ended: list[int] = []
    for number in range(50):  # some are done before anybody could look
        background.run(partial(abs, number), ended.append)
        assert len(ended) == 0
    qtbot.waitUntil(lambda: len(ended) == 50)


def test_a_failure_is_handed_out(background: Background, qtbot: QtBot) -> None:
    failed: list[ProjectError] = []
    background.run(fail, lambda _: None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == "disk_full"


def test_a_failure_nobody_takes_is_raised(background: Background, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as raised:
        background.run(fail, lambda _: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ProjectError


def test_finish_waits_and_hands_out(background: Background) -> None:
    ended: list[str] = []
    go_on = threading.Event()
    threading.Timer(0.05, go_on.set).start()
    background.run(lambda: go_on.wait(20), lambda _: ended.append("first"))
    background.finish()
    assert ended == ["first"]
    background.run(lambda: None, lambda _: ended.append("late"))
    assert ended == ["first", "late"]
