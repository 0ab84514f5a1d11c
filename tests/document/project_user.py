"""A process whose copies edit and save a project until they are killed.

A copy says what was acknowledged. What it gets are three words as `arm` takes them, a list in JSON
on a line of the input.

What the project holds after `n` edits is a function of `n` alone: see `expected`.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.document import backups, saving
from studio.document.assets import Asset
from studio.document.documents import Change, Document
from studio.document.opening import new_project, open_project
from studio.document.recovery import find_recoverable, reopen

COUNTER = "counter"
CARDS = 7
PHASES = {
    "copy": (saving, "_copy_database"),
    "check": (saving, "_verify"),
    "fsync": (saving, "_sync"),
    "backup": (backups, "make_backup"),
    "replace": (saving, "replace"),
    "folder": (saving, "sync_folder"),
}
"""The parts of a save, by the functions that do them; "edit" is everything else."""


def picture(n: int) -> Asset:
    dice = random.Random(n)
    return Asset.from_bytes(dice.randbytes(dice.randrange(1000, 40_000)))


@lru_cache(1024)
def document(n: int) -> Document:
    data = {"n": n, "picture": picture(n).hash if n % 3 == 0 else None}
    return Document.make(f"card-{n % CARDS}", "card", data)


def counter(n: int) -> Document:
    return Document.make(COUNTER, "counter", {"n": n})


def expected(n: int) -> dict[str, Document]:
    """Every fifth edit takes a card away, the others put one."""
    documents: dict[str, Document] = {}
    for number in range(max(1, n - 10 * CARDS), n + 1):
        if number % 5:
            documents[f"card-{number % CARDS}"] = document(number)
        else:
            documents.pop(f"card-{number % CARDS}", None)
    return documents | ({COUNTER: counter(n)} if n else {})


def change(documents: Mapping[str, Document], n: int) -> Change:
    key = f"card-{n % CARDS}"
    if n % 5:
        assets = (picture(n),) if n % 3 == 0 else ()
        return Change(puts=(document(n), counter(n)), assets=assets)
    return Change(puts=(counter(n),), deletes=(key,) if key in documents else ())


def edits_in(documents: Mapping[str, Document]) -> int:
    return int(documents[COUNTER].data["n"]) if COUNTER in documents else 0


def work(root: Path, file: Path, saves: bool = True) -> None:
    found = find_recoverable(root)
    project = (
        reopen(found[0]) if found else open_project(file, root) if file.exists() else None
    ) or new_project(root)
    done = edits_in(project.documents)
    say("begin", done)
    for n in itertools.count(done + 1):
        project.apply(change(project.documents, n))
        say("edited", n)
        if n % 3 == 0:
            project.save() if project.path else project.save_as(file)
            say("saved", n)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def announce(phase: str, kill: Callable[[], None]) -> None:
    module, name = PHASES[phase]
    real = getattr(module, name)

    def call(*arguments: Any) -> Any:
        say("phase", phase)
        kill()
        result = real(*arguments)
        say("phase", "edit")
        return result

    setattr(module, name, call)


def killer(nth: int, delay: float) -> Callable[[], None]:
    """At its nth call it has another thread kill this process after `delay` seconds.

    Without a delay it does so itself: a part of a save may be over before a thread gets its turn.
    """
    go = threading.Event()
    calls = itertools.count(1)

    def wait() -> None:
        go.wait()
        until = time.perf_counter() + delay
        while time.perf_counter() < until:
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()

    def call() -> None:
        if next(calls) == nth:
            if not delay:
                os.kill(os.getpid(), signal.SIGKILL)
            go.set()

    return call


def arm(phase: str, nth: int, delay: float) -> None:
    """Has every phase announced, and this process killed `delay` s after the nth start of one."""
    for each in PHASES:
        announce(each, killer(nth, delay) if each == phase else lambda: None)


def serve(root: Path, file: Path) -> None:
    """Copies itself once a line, so that the imports are paid for only once."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            phase, nth, delay = json.loads(line)
            arm(phase, int(nth), float(delay))
            work(root, file)
        say("child", pid)
        _, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve(*map(Path, sys.argv[1:]))
