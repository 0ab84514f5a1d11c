"""Nothing acknowledged is lost, whenever the program itself is killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.document.killing import Program, kill_again_and_again

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")

USER = Path(__file__).with_name("program_user.py")


def _program(tmp_path: Path) -> Program:
    home, file = tmp_path / "home", tmp_path / "mine" / "harbour.fabula"
    environment = {"FABULA_HOME": str(home), "TMPDIR": str(tmp_path)}
    root = home / "state" / "projects"
    return Program((str(USER), str(file)), root, file, environment)


def test_killing_the_program_loses_nothing(tmp_path: Path) -> None:
    phases = kill_again_and_again(_program(tmp_path), 8, seed=0)
    assert phases["copy"]


@pytest.mark.slow
def test_killing_the_program_in_every_part_of_a_save_loses_nothing(tmp_path: Path) -> None:
    phases = kill_again_and_again(_program(tmp_path), 28, seed=1)
    assert phases["copy"]
    assert len(phases) >= 3, phases
