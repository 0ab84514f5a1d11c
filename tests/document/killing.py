"""Kills processes that edit and save a project, again and again, and looks at what they left."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from studio.document.backups import find_backups
from studio.document.project_file import opened, read_asset, read_documents
from studio.document.recovery import find_recoverable, reopen
from tests.document.project_user import PHASES, edits_in, expected

if TYPE_CHECKING:
    from studio.document.documents import Document

LONGEST_LIFE = 0.2  # seconds, of a process that is killed from outside
LONGEST_WAIT = 30.0  # seconds, for a process that kills itself


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


class Victim(Protocol):
    """Somebody who works on a project until he is killed, again and again.

    `root` is the folder of his sessions, `file` the project that he saves.
    """

    @property
    def root(self) -> Path: ...

    @property
    def file(self) -> Path: ...

    def die(self, arguments: Sequence[str], life: float | None) -> list[str]:
        """What one process said; it gets a phase, a number and a delay, as `arm` takes them.

        With `life` it is killed from outside after so many seconds. AssertionError where it ended
        in another way.
        """


@dataclass(frozen=True)
class Program:
    """A process of its own each time, which may take long to begin: its life counts from there."""

    command: tuple[str, ...]
    root: Path
    file: Path
    environment: Mapping[str, str]

    def die(self, arguments: Sequence[str], life: float | None) -> list[str]:
        heard = []
        with (
            subprocess.Popen(
                [sys.executable, *self.command, *arguments],
                stdout=subprocess.PIPE,
                env={**os.environ, **self.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
                text=True,
            ) as process,
            _ended(process),
        ):
            if life is not None:
                assert process.stdout is not None
                heard.append(process.stdout.readline())
                time.sleep(life)
                process.kill()
            out, _ = process.communicate(timeout=LONGEST_WAIT)
        assert process.returncode == -9, out
        return [*heard, *out.splitlines(keepends=True)]


class Nursery:
    """A process that has imported everything, and copies of it that are killed."""

    def __init__(self, command: Sequence[str], root: Path, file: Path) -> None:
        self.root, self.file = root, file
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
            start_new_session=True,
        )

    def die(self, arguments: Sequence[str], life: float | None) -> list[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        heard: list[str] = []
        hung = threading.Timer(LONGEST_WAIT, self._kill_all)
        hung.start()
        try:
            for line in self._process.stdout:
                match line.split():
                    case ["child", pid]:
                        if life is not None:
                            time.sleep(life)
                            os.kill(int(pid), signal.SIGKILL)
                    case ["ended", code]:
                        assert code == "-9", heard
                        return heard
                    case _:
                        heard.append(line)
        finally:
            hung.cancel()
        raise AssertionError(heard)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kill_all()
        with self._process:  # closes its pipes and waits for it
            pass

    def _kill_all(self) -> None:
        """Its copies too, which are of its session."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def live(victim: Victim, dice: random.Random, round_: int) -> Life:
    """In turn the process is killed in each part of a save, and at any moment."""
    phase = [*PHASES, "any"][round_ % (len(PHASES) + 1)]
    delay = dice.choice((0, 0, 2e-5, 1e-4, 5e-4, dice.random() * 3e-3))
    arguments = (phase, str(dice.choice((1, 1, 1, 2, 3))), str(delay))
    life = Life()
    for line in victim.die(arguments, dice.random() * LONGEST_LIFE if phase == "any" else None):
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
    read_before = set[tuple[int, int]]()  # backups that are what they were a kill ago
    for round_ in range(rounds):
        life = live(victim, dice, round_)
        edited, saved = max(edited, life.edited), max(saved, life.saved)
        phases[life.phase] += 1
        recovered = count_recovered(victim.root)
        in_file = count_edits(read(file)) if file.exists() else 0
        assert in_file >= saved, (round_, life)
        assert max(in_file, recovered) >= edited, (round_, life)
        for backup in find_backups(file):
            status = backup.path.stat()
            if (seen := (status.st_ino, status.st_mtime_ns)) not in read_before:
                count_edits(read(backup.path))
                read_before.add(seen)
        names = {path.name for path in file.parent.iterdir()}
        assert all(name.startswith(file.name) for name in names), (round_, names)
    assert edited > rounds
    return phases
