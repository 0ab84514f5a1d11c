"""Long work in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.canvas.slices import Slices

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot


def counting(to: int, log: list[str], name: str) -> Generator[None, None, int]:
    for step in range(to):
        log.append(f"{name}{step}")
        yield
    return to


def test_one_piece_after_the_other_between_events(qtbot: QtBot) -> None:
    slices, log, done = Slices(), list[str](), list[int]()
    slices.run(counting(2, log, "a"), done.append)
    slices.run(counting(1, log, "b"), done.append)
    assert log == []
    qtbot.waitUntil(lambda: not slices.busy)
    assert (log, done) == (["a0", "a1", "b0"], [2, 1])


def test_the_rest_now(qtbot: QtBot) -> None:
    slices, done = Slices(), list[int]()
    slices.run(counting(1000, [], "a"), done.append)
    slices.finish()
    assert done == [1000]


def test_what_is_dropped_is_never_done(qtbot: QtBot) -> None:
    slices, done = Slices(), list[int]()
    slices.run(counting(3, [], "a"), done.append)
    slices.drop()
    slices.finish()
    assert not slices.busy
    assert done == []
