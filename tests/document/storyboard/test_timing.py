"""Durations that follow from what is said."""

from __future__ import annotations

import pytest

from studio.document.storyboard.model import Shot, Speech
from studio.document.storyboard.timing import DEFAULT, clock, duration_of, total_duration
from tests.document.storyboard.boards import harbour


def test_a_shot_is_as_long_as_its_dialogue() -> None:
    text = " ".join(["word"] * 30)
    assert duration_of(Shot("a", dialogue=(Speech("MARA", text),))) == 12.5
    assert duration_of(Shot("a", dialogue=(Speech("MARA", "No."),))) == DEFAULT
    assert duration_of(Shot("a", duration=0.5, dialogue=(Speech("MARA", text),))) == 0.5
    assert duration_of(Shot("a", dialogue=(Speech("真理", "私はここにいる" * 8),))) > 10
    assert total_duration(harbour()) == pytest.approx(2 + 2 + 3.5 + 2 + 2.1 + 2, abs=0.2)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2, "2s"), (2.5, "2.5s"), (59.97, "1:00"), (132, "2:12"), (3723, "1:02:03")],
)
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text
