"""Kills processes that edit and save a project, again and again, and looks at what they left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.document.backups import find_backups
from studio.document.project_file import opened, read_asset, read_documents
from studio.document.recovery import find_recoverable, reopen
from tests.document.project_user import PHASES, edits_in, expected

if TYPE_CHECKING:
    from studio.document.documents import Document

LONGEST_LIFE = 0.6  # seconds, of a process that is killed from outside


@dataclass
class Life:
    """What one process said before it died."""

    edited: int = 0
    saved: int = 0
    phase: str = "start"

    def hear(self, line: str) -> None:
        match line.split():
            case ["phase", name]:
                self.phase = name
            case ["edited" | "begin", n]:
                self.edited = int(n)
            case ["saved", n]:
                self.saved = int(n)


@dataclass(frozen=True)
class Victim:
    """`command` gets a phase, a number and a delay, as `project_user.arm` takes them.

    `root` is its folder of sessions, `file` the project that it saves. A process that takes long
    to begin is killed from outside only after it has said "begin".
    """

    command: tuple[str, ...]
    root: Path
    file: Path
    environment: Mapping[str, str]
    slow_to_begin: bool = False


def live(victim: Victim, dice: random.Random, round_: int) -> Life:
    """In turn the process is killed in each part of a save, and at any moment."""
    phase = [*PHASES, "any"][round_ % (len(PHASES) + 1)]
    delay = dice.choice((0, 2e-5, 1e-4, 5e-4, dice.random() * 3e-3))
    arguments = (phase, str(dice.randrange(1, 4)), str(delay))
    life, heard = Life(), []
    with (
        subprocess.Popen(
            [sys.executable, *victim.command, *arguments],
            stdout=subprocess.PIPE,
            env={**os.environ, **victim.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        ) as process,
        _ended(process),
    ):
        if phase == "any":
            if victim.slow_to_begin:
                assert process.stdout is not None
                heard.append(process.stdout.readline())
            time.sleep(dice.random() * LONGEST_LIFE)
            process.kill()
        out, _ = process.communicate(timeout=30)
    assert process.returncode == -9, out
    for line in [*heard, *out.splitlines(keepends=True)]:
        if line.endswith("\n"):  # else torn by the kill
            life.hear(line)
    return life


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever a process does that is not killed as it should be."""
    try:
        yield
    finally:
        process.kill()


def read(file: Path) -> dict[str, Document]:
    """Everything in it, its pictures too."""
    with opened(file) as db:
        documents = read_documents(db)
        for (hash_,) in db.execute("SELECT hash FROM asset").fetchall():
            read_asset(db, hash_)
        for document in documents.values():
            if document.data.get("picture"):
                read_asset(db, document.data["picture"])
    return documents


def count_edits(documents: Mapping[str, Document]) -> int:
    """How many edits made these documents; AssertionError where no number of them did."""
    n = edits_in(documents)
    assert dict(documents) == expected(n)
    return n


def count_recovered(root: Path) -> int:
    found = find_recoverable(root)
    if not found:
        return 0
    assert [each.problem for each in found] == [""]
    with closing(reopen(found[0])) as project:
        for document in project.documents.values():
            if document.data.get("picture"):
                project.asset(document.data["picture"])
        return count_edits(project.documents)


def kill_again_and_again(victim: Victim, rounds: int, seed: int) -> Counter[str]:
    """Returns in which phases the processes died; AssertionError for anything that was lost."""
    file = victim.file
    file.parent.mkdir()
    dice = random.Random(seed)
    phases = Counter[str]()
    edited = saved = 0
    for round_ in range(rounds):
        life = live(victim, dice, round_)
        edited, saved = max(edited, life.edited), max(saved, life.saved)
        phases[life.phase] += 1
        recovered = count_recovered(victim.root)
        in_file = count_edits(read(file)) if file.exists() else 0
        assert in_file >= saved, (round_, life)
        assert max(in_file, recovered) >= edited, (round_, life)
        for backup in find_backups(file):
            count_edits(read(backup.path))
        names = {path.name for path in file.parent.iterdir()}
        assert all(name.startswith(file.name) for name in names), (round_, names)
    assert edited > rounds
    return phases
