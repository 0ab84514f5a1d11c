"""Edits and saves a project, once for every change to the disk, which then fails; prints JSON.

Run with `faults.c` preloaded: fault_user.py LIBRARY FOLDER FIRST STEP. Each attempt is a
fork that ends as by a crash; afterwards this process, without faults, looks at the disk.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.document.errors import ProjectError
from studio.document.opening import new_project, open_project
from studio.document.project_file import opened, read_documents
from studio.document.recovery import find_recoverable, reopen
from tests.document.project_user import COUNTER, change, expected

LAST = 8
FAULTS = {
    "full": (errno.ENOSPC, True),
    "full once": (errno.ENOSPC, False),
    "broken": (errno.EIO, True),
    "broken once": (errno.EIO, False),
    "read-only": (errno.EROFS, True),
    "read-only once": (errno.EROFS, False),
}


@dataclass
class Report:
    """What went wrong, and how often what happened."""

    attempts: int = 0
    messages: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def scenario(root: Path, file: Path, say: Any) -> None:
    """Goes on after an error, as a person does."""
    project = None
    try:
        project = open_project(file, root)
    except ProjectError as error:
        say("error", str(error), error.hint)
        return
    for n in range(4, LAST + 1):
        # An edit that failed is not in the document, so the same number comes again.
        done = project.documents[COUNTER].data["n"]
        try:
            project.apply(change(project.documents, done + 1))
            say("edited", done + 1)
        except ProjectError as error:
            say("error", str(error), error.hint)
        if n % 2:
            try:
                project.save()
                say("saved", project.documents[COUNTER].data["n"])
            except ProjectError as error:
                say("error", str(error), error.hint)
    try:
        project.close()
    except ProjectError as error:
        say("error", str(error), error.hint)


def attempt(faults: ctypes.CDLL, template: Path, place: Path, nth: int, fault: str) -> list[Any]:
    """What the fork said: lists of words; the last is the number of changes to the disk."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)

        def say(*words: object) -> None:
            os.write(writer, json.dumps(words).encode() + b"\n")

        try:
            faults.faults_arm(os.fsencode(place), nth, *FAULTS[fault])
            scenario(place / "state", place / "mine" / "a.fabula", say)
        except BaseException as error:
            say("bug", repr(error))
            raise
        finally:
            say("count", faults.faults_count())
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as file:
        said = [json.loads(line) for line in file]
    os.waitpid(child, 0)
    return said


def check(place: Path, said: list[Any], report: Report, label: str) -> None:
    """Adds to the report what is lost, broken or left without a sentence."""
    edited, saved = 3, 3
    for word, *rest in said:
        match word:
            case "edited":
                edited = rest[0]
            case "saved":
                saved = rest[0]
            case "bug":
                report.failures.append(f"{label}: {rest[0]}")
            case "error":
                report.messages.add(rest[0])
                if not rest[0].endswith(".") or not rest[1]:
                    report.failures.append(f"{label}: no sentence: {rest}")
    root, file = place / "state", place / "mine" / "a.fabula"
    try:
        recovered = 0
        for found in find_recoverable(root):
            with closing(reopen(found)) as project:
                recovered = _number(dict(project.documents))
        with opened(file) as db:
            in_file = _number(read_documents(db))
    except (ProjectError, AssertionError) as error:
        report.failures.append(f"{label}: {error!r}")
        return
    if in_file < saved:
        report.failures.append(f"{label}: saved {saved}, the file has {in_file}")
    if max(in_file, recovered) < edited:
        report.failures.append(f"{label}: edited {edited}, found {in_file} and {recovered}")
    if strays := [path.name for path in file.parent.iterdir() if "part" in path.name]:
        report.failures.append(f"{label}: left {strays}")


def _number(documents: dict[str, Any]) -> int:
    n = int(documents[COUNTER].data["n"])
    assert documents == expected(n), f"not what {n} edits make"
    return n


def main(library: str, folder: Path, first: int, step: int) -> None:
    faults = ctypes.CDLL(library)
    template, place = folder / "template", folder / "place"
    # Where it will be read, because a session notes whole paths.
    (place / "mine").mkdir(parents=True)
    with closing(new_project(place / "state")) as project:
        for n in range(1, 4):
            project.apply(change(project.documents, n))
        project.save_as(place / "mine" / "a.fabula")
    shutil.move(place, template)
    (_, changes) = attempt(faults, template, place, 0, "full")[-1]
    report = Report()
    for fault in FAULTS:
        for nth in range(first, changes + 1, step):
            said = attempt(faults, template, place, nth, fault)
            report.attempts += 1
            check(place, said, report, f"{fault} at {nth}")
    summary = {
        "changes": changes,
        "attempts": report.attempts,
        "messages": sorted(report.messages),
        "failures": report.failures,
    }
    sys.stdout.write(json.dumps(summary))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
