"""Nothing acknowledged is lost, whenever the process is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.document.killing import Nursery, kill_again_and_again
from tests.document.project_user import PHASES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")

USER = Path(__file__).with_name("project_user.py")


@pytest.fixture
def user(tmp_path: Path) -> Iterator[Nursery]:
    root, file = tmp_path / "state", tmp_path / "mine" / "harbour.fabula"
    with Nursery((str(USER), str(root), str(file)), root, file) as made:
        yield made


def test_kills_lose_nothing(user: Nursery) -> None:
    phases = kill_again_and_again(user, 192, seed=0)
    assert phases["copy"]
    assert phases["fsync"] or phases["replace"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_thousand_kills_lose_nothing_and_hit_every_part_of_a_save(
    user: Nursery, seed: int
) -> None:
    phases = kill_again_and_again(user, 200, seed)
    assert set(PHASES) | {"edit"} <= set(phases), phases
    assert min(phases[name] for name in ("copy", "fsync", "replace")) >= 4, phases
