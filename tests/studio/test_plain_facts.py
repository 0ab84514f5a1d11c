"""Times and sizes in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studio.plain_facts import ago, megabytes, moment, project_title


def test_moments_are_named_by_the_day() -> None:
    noon = datetime.now().astimezone().replace(hour=12, minute=0)
    assert moment(noon).startswith("today ")
    assert moment(noon - timedelta(days=1)).startswith("yesterday ")
    assert moment(datetime(2020, 3, 2, 12).astimezone()).startswith("2 Mar 2020 ")


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 KB"), (12, "1 KB"), (74_200, "74 KB"), (1_640_000, "1.6 MB")]
)
def test_sizes(size: int, words: str) -> None:
    assert megabytes(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s ago"), (12.9, "12 s ago"), (60, "1 min ago"), (3599, "59 min ago"),
        (7200, "2 h ago"), (86400, "1 day ago"), (400_000, "4 days ago"),
    ],
)  # fmt: skip
def test_ages(seconds: float, words: str) -> None:
    assert ago(seconds) == words


def test_a_project_is_named_with_its_folder() -> None:
    assert project_title(Path("/home/me/stories/Harbour.fabula")) == "Harbour – stories"
