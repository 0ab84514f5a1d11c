"""Numbered backups beside a project: `harbour.fabula~7~` is newer than `harbour.fabula~6~`."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.atomic import sync_file

NEWEST_KEPT = 4
"""So many are kept whatever their age; of the older ones, the newest of each day and week."""

DAYS_KEPT = 7
WEEKS_KEPT = 4

_NUMBER = re.compile(r"~(\d{1,9})~", re.ASCII)


@dataclass(frozen=True, slots=True)
class Backup:
    """`saved` is when the project was saved in this form."""

    path: Path
    number: int
    saved: datetime
    size: int


def find_backups(project: Path) -> list[Backup]:
    """The newest first."""
    found = []
    for path in project.parent.iterdir() if project.parent.is_dir() else ():
        number = _NUMBER.fullmatch(path.name.removeprefix(project.name))
        if path.name.startswith(project.name) and number and path.is_file():
            status = path.stat()
            saved = datetime.fromtimestamp(status.st_mtime, UTC)
            found.append(Backup(path, int(number[1]), saved, status.st_size))
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def make_backup(project: Path) -> Path | None:
    """Gives the project's present content a second name; None where that is not needed.

    Raises OSError; then there is no new backup, and the project is as it was.
    """
    if not project.exists():
        return None
    older = find_backups(project)
    if older and older[0].path.samefile(project):  # an earlier save broke off here
        return None
    number = older[0].number + 1 if older else 1
    target = project.with_name(f"{project.name}~{number}~")
    try:
        os.link(project, target)
    except FileExistsError:
        raise
    except OSError:  # the file system has no second names
        _copy(project, target)
    return target


def thin_out(project: Path, now: datetime) -> None:
    """Deletes the backups that are not worth their room. Raises OSError."""
    for backup in superfluous(find_backups(project), now):
        backup.path.unlink()


def superfluous(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Of backups with the newest first: those that no rule keeps."""
    doomed = []
    days: set[object] = set()
    weeks: set[object] = set()
    for position, backup in enumerate(backups):
        age = now - backup.saved
        day, week = backup.saved.date(), backup.saved.isocalendar()[:2]
        first_of_day = age <= timedelta(days=DAYS_KEPT) and day not in days
        first_of_week = age <= timedelta(weeks=WEEKS_KEPT) and week not in weeks
        days.add(day)
        weeks.add(week)
        if position >= NEWEST_KEPT and not first_of_day and not first_of_week:
            doomed.append(backup)
    return doomed


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        with source.open("rb") as old, part.open("wb") as new:
            shutil.copyfileobj(old, new, 1024 * 1024)
            new.flush()
            sync_file(new.fileno())
        shutil.copystat(source, part)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
