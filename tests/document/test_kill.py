"""Nothing acknowledged is lost, whenever the process is killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.document.backups import find_backups
from studio.document.project_file import opened, read_asset, read_documents
from studio.document.recovery import find_recoverable, reopen
from tests.document.project_user import COUNTER, PHASES, expected

if TYPE_CHECKING:
    from studio.document.documents import Document

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")

USER = Path(__file__).with_name("project_user.py")
LONGEST_LIFE = 0.6  # seconds, of a process that is killed from outside


@dataclass
class Life:
    """What one process said before it died."""

    edited: int = 0
    saved: int = 0
    phase: str = "start"
    saves: int = 0
    words: list[str] = field(default_factory=list)


def _live(root: Path, file: Path, dice: random.Random, round_: int) -> Life:
    """In turn the process is killed in each part of a save, and at any moment."""
    phase = [*PHASES, "any"][round_ % (len(PHASES) + 1)]
    delay = dice.choice((0, 2e-5, 1e-4, 5e-4, dice.random() * 3e-3))
    command = [str(USER), str(root), str(file), phase, str(dice.randrange(1, 4)), str(delay)]
    with subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    ) as process:
        if phase == "any":
            time.sleep(dice.random() * LONGEST_LIFE)
            process.kill()
        out, _ = process.communicate(timeout=60)
    assert process.returncode == -9, out
    life = Life()
    for line in out.splitlines(keepends=True):
        if not line.endswith("\n"):  # torn by the kill
            continue
        match line.split():
            case ["phase", name]:
                life.phase = name
            case ["edited", n]:
                life.edited = int(n)
            case ["saved", n]:
                life.saved, life.saves = int(n), life.saves + 1
            case ["begin", n]:
                life.edited = int(n)
    return life


def _read(file: Path) -> dict[str, Document]:
    """Everything in it, its pictures too."""
    with opened(file) as db:
        documents = read_documents(db)
        for (hash_,) in db.execute("SELECT hash FROM asset").fetchall():
            read_asset(db, hash_)
        for document in documents.values():
            if document.data.get("picture"):
                read_asset(db, document.data["picture"])
    return documents


def _number(documents: dict[str, Document]) -> int:
    n = documents[COUNTER].data["n"] if COUNTER in documents else 0
    assert documents == expected(n)
    return int(n)


def _recovered(root: Path) -> int:
    found = find_recoverable(root)
    if not found:
        return 0
    assert [each.problem for each in found] == [""]
    with closing(reopen(found[0])) as project:
        for document in project.documents.values():
            if document.data.get("picture"):
                project.asset(document.data["picture"])
        return _number(dict(project.documents))


def _kill_again_and_again(tmp_path: Path, rounds: int, seed: int) -> Counter[str]:
    """Returns in which phases the processes died."""
    root, file = tmp_path / "state", tmp_path / "mine" / "harbour.fabula"
    file.parent.mkdir()
    dice = random.Random(seed)
    phases = Counter[str]()
    edited = saved = 0
    for round_ in range(rounds):
        life = _live(root, file, dice, round_)
        edited, saved = max(edited, life.edited), max(saved, life.saved)
        phases[life.phase] += 1
        recovered = _recovered(root)
        in_file = _number(_read(file)) if file.exists() else 0
        assert in_file >= saved, (round_, life)
        assert max(in_file, recovered) >= edited, (round_, life)
        for backup in find_backups(file):
            _number(_read(backup.path))
        names = {path.name for path in file.parent.iterdir()}
        assert all(name.startswith("harbour.fabula") for name in names), (round_, names)
    assert edited > rounds
    return phases


def test_forty_kills_lose_nothing(tmp_path: Path) -> None:
    phases = _kill_again_and_again(tmp_path, 40, seed=0)
    assert phases["copy"]
    assert phases["fsync"] or phases["replace"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_thousand_kills_lose_nothing_and_hit_every_part_of_a_save(
    tmp_path: Path, seed: int
) -> None:
    phases = _kill_again_and_again(tmp_path, 200, seed)
    assert set(PHASES) | {"edit"} <= set(phases), phases
    assert min(phases[name] for name in ("copy", "fsync", "replace")) >= 4, phases
