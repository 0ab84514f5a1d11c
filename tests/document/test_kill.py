"""Nothing acknowledged is lost, whenever the process is killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.document.killing import Victim, kill_again_and_again
from tests.document.project_user import PHASES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")

USER = Path(__file__).with_name("project_user.py")


def _user(tmp_path: Path) -> Victim:
    root, file = tmp_path / "state", tmp_path / "mine" / "harbour.fabula"
    return Victim((str(USER), str(root), str(file)), root, file, {})


def test_forty_kills_lose_nothing(tmp_path: Path) -> None:
    phases = kill_again_and_again(_user(tmp_path), 40, seed=0)
    assert phases["copy"]
    assert phases["fsync"] or phases["replace"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_thousand_kills_lose_nothing_and_hit_every_part_of_a_save(
    tmp_path: Path, seed: int
) -> None:
    phases = kill_again_and_again(_user(tmp_path), 200, seed)
    assert set(PHASES) | {"edit"} <= set(phases), phases
    assert min(phases[name] for name in ("copy", "fsync", "replace")) >= 4, phases
