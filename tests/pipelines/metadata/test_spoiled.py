"""Any bytes at all: a picture is read or refused, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipelines.metadata.spoiling import read_spoiled

_SECONDS = 2
_MEMORY = 500_000_000  # bytes


@pytest.mark.parametrize("rounds", [2_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_spoiled_pictures_are_refused_or_read(tmp_path: Path, rounds: int) -> None:
    toll = read_spoiled(tmp_path, rounds)
    assert "bad_picture" in toll.refusals <= {"bad_picture", "picture_too_large"}
    assert toll.slowest < _SECONDS
    assert toll.memory < _MEMORY
