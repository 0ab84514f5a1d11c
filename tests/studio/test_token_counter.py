"""Tokens are counted by the child with the model's own tokenizer, for the newest text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.shipped import shipped_models
from studio.token_counter import TokenCounter
from tests.studio.lanes import io_jobs

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.jobs.service import JobService

__all__ = ["io_jobs"]

STARTER = shipped_models()[0]
in_a_process = pytest.mark.parametrize("io_jobs", ["process"], indirect=True)


class Heard:
    """A counter with everything it said."""

    def __init__(self, jobs: JobService) -> None:
        self.counter = TokenCounter(jobs)
        self.answers: list[tuple[Any, ...]] = []
        self.counter.counted.connect(lambda *answer: self.answers.append(answer))


@in_a_process
def test_the_newest_question_is_answered(io_jobs: JobService, qtbot: QtBot) -> None:
    heard = Heard(io_jobs)
    for text in ("a", "a red", "a red castle"):
        heard.counter.count_tokens(STARTER, text)
    qtbot.waitUntil(lambda: len(heard.answers) == 2, timeout=30_000)
    assert heard.answers == [
        (STARTER.id, "a", 3, STARTER.tokens),
        (STARTER.id, "a red castle", 5, STARTER.tokens),
    ]
    heard.counter.count_tokens(STARTER, "")
    qtbot.waitUntil(lambda: len(heard.answers) == 3, timeout=30_000)
    assert heard.answers[-1] == (STARTER.id, "", 0, STARTER.tokens)


def test_a_model_without_tokenizer_is_silent_and_holds_nobody_up(
    io_jobs: JobService, qtbot: QtBot, tmp_path: Path
) -> None:
    heard = Heard(io_jobs)
    heard.counter.count_tokens(replace(STARTER, id="gone", path=tmp_path / "gone"), "a fox")
    heard.counter.count_tokens(STARTER, "a fox")
    qtbot.waitUntil(lambda: bool(heard.answers), timeout=30_000)
    assert heard.answers == [(STARTER.id, "a fox", 4, STARTER.tokens)]


def test_after_the_end_nothing_is_asked(io_jobs: JobService) -> None:
    io_jobs.shutdown()
    heard = Heard(io_jobs)
    for text in ("a", "b"):
        heard.counter.count_tokens(STARTER, text)
    assert heard.answers == []
