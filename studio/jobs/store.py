"""The queue on disk: what waits, runs and ran survives any end of the program. No Qt."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.database import open_database, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

KEPT_SETTLED = 500
"""So many settled rows are kept; the oldest go first."""

_APPLICATION_ID = 0x46414251  # "FABQ"

_MIGRATIONS = (
    (
        """
        CREATE TABLE jobs (
            id TEXT PRIMARY KEY,
            lane TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            request TEXT NOT NULL CHECK (json_valid(request)),
            position INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN
                ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
            error TEXT CHECK (error IS NULL OR json_valid(error)),
            results TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(results)),
            created TEXT NOT NULL,
            started TEXT,
            finished TEXT
        )
        """,
        "CREATE INDEX jobs_by_status ON jobs (status, position)",
    ),
)


class JobStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def settled(self) -> bool:
        return self not in (JobStatus.WAITING, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job failed: a stable `code`, a sentence, and what to try."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as it lies in the queue.

    `request` and `results` are plain JSON values. Waiting rows go in order of `position`. Times
    are in UTC; `started` and `finished` are None until then.
    """

    id: str
    lane: str
    kind: str
    title: str
    request: Mapping[str, object]
    position: int
    status: JobStatus
    error: JobError | None
    results: tuple[object, ...]
    created: datetime
    started: datetime | None
    finished: datetime | None


class JobStore:
    """For one thread, and quick enough for the GUI's: each call is one small transaction.

    What a call changed is on the disk when it returns. Every method raises
    sqlite3.OperationalError when the disk is full or the database stays locked for 5 s, and has
    then changed nothing.
    """

    def __init__(self, path: Path) -> None:
        """Opens or makes the queue; an unusable file is set aside (see `open_database`)."""
        self._db, _ = open_database(path, _APPLICATION_ID, _MIGRATIONS)

    def close(self) -> None:
        self._db.close()

    # ---- waiting jobs

    def add(
        self, *, lane: str, kind: str, title: str, request: Mapping[str, object], job_id: str = ""
    ) -> JobRow:
        """Appends a waiting job; without `job_id` it gets a new one.

        Raises TypeError or ValueError for a request that is not JSON, sqlite3.IntegrityError for
        an id that exists.
        """
        new_id = job_id or uuid.uuid4().hex
        (row,) = self._rows(
            "INSERT INTO jobs (id, lane, kind, title, request, status, created, position)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM jobs))"
            " RETURNING *",
            new_id, lane, kind, title, _dump(request), JobStatus.WAITING, _now(),
        )  # fmt: skip
        return row

    def move(self, job_id: str, before_id: str | None) -> None:
        """Puts a waiting job before another one, or at the end.

        Nothing happens when either does not wait any more: the list the person dragged in is then
        older than the queue.
        """
        with transaction(self._db):
            # Without the requests: there may be thousands, and the person is dragging.
            waiting = self._db.execute(
                "SELECT id, position FROM jobs WHERE status = ? ORDER BY position",
                (JobStatus.WAITING,),
            ).fetchall()
            positions = [row["position"] for row in waiting]
            order = [row["id"] for row in waiting if row["id"] != job_id]
            if len(order) == len(waiting) or (before_id is not None and before_id not in order):
                return
            order.insert(len(order) if before_id is None else order.index(before_id), job_id)
            self._db.executemany(
                "UPDATE jobs SET position = ? WHERE id = ?", zip(positions, order, strict=True)
            )

    def remove(self, job_id: str) -> bool:
        """Forgets a waiting or settled job; False when it is unknown or runs."""
        cursor = self._db.execute(
            "DELETE FROM jobs WHERE id = ? AND status != ?", (job_id, JobStatus.RUNNING)
        )
        return cursor.rowcount > 0

    # ---- the life of a job

    def begin(self, job_id: str) -> bool:
        """Marks a waiting job as running; False, and no change, when it does not wait."""
        cursor = self._db.execute(
            "UPDATE jobs SET status = ?, started = ? WHERE id = ? AND status = ?",
            (JobStatus.RUNNING, _now(), job_id, JobStatus.WAITING),
        )
        return cursor.rowcount > 0

    def append_result(self, job_id: str, result: object) -> bool:
        """Adds a finished part, also to a job that was cancelled meanwhile; False when unknown."""
        cursor = self._db.execute(
            "UPDATE jobs SET results = json_insert(results, '$[#]', json(?)) WHERE id = ?",
            (_dump(result), job_id),
        )
        return cursor.rowcount > 0

    def finish(self, job_id: str, status: JobStatus, error: JobError | None = None) -> bool:
        """Settles a job.

        One that still waits here is settled too: its beginning may have met a full disk. False,
        and no change, when it has settled or is unknown: a cancelled job stays cancelled. Raises
        ValueError for a status that settles nothing.
        """
        if not status.settled:
            raise ValueError(f"{status} does not settle a job")
        why = _dump([error.code, error.message, error.hint]) if error else None
        with transaction(self._db):
            cursor = self._db.execute(
                "UPDATE jobs SET status = ?, error = ?, finished = ?"
                " WHERE id = ? AND status IN (?, ?)",
                (status, why, _now(), job_id, JobStatus.WAITING, JobStatus.RUNNING),
            )
            self._prune()
        return cursor.rowcount > 0

    def cancel(self, job_id: str) -> JobStatus | None:
        """Marks a waiting or running job as cancelled and returns what it was before.

        Call it before the worker is told, so that no late claim or result wins. A settled job
        stays as it is; None when the id is unknown.
        """
        with transaction(self._db):
            old = self.get(job_id)
            if old is None:
                return None
            if not old.status.settled:
                self._db.execute(
                    "UPDATE jobs SET status = ?, finished = ? WHERE id = ?",
                    (JobStatus.CANCELLED, _now(), job_id),
                )
                self._prune()
        return old.status

    def recover(self) -> tuple[list[JobRow], list[JobRow]]:
        """Once at the start: what ran when the program ended is interrupted, and is not resumed.

        Returns the jobs that can be retried, interrupted or failed in this run or an earlier one
        and not removed since, and the waiting ones.
        """
        with transaction(self._db):
            self._db.execute(
                "UPDATE jobs SET status = ?, finished = ? WHERE status = ?",
                (JobStatus.INTERRUPTED, _now(), JobStatus.RUNNING),
            )
            self._prune()
            stopped = self._rows(
                "SELECT * FROM jobs WHERE status IN (?, ?) ORDER BY position",
                JobStatus.INTERRUPTED, JobStatus.FAILED,
            )  # fmt: skip
        return stopped, self.waiting()

    # ---- questions

    def get(self, job_id: str) -> JobRow | None:
        rows = self._rows("SELECT * FROM jobs WHERE id = ?", job_id)
        return rows[0] if rows else None

    def waiting(self) -> list[JobRow]:
        """In the order in which they will run."""
        return self._rows(
            "SELECT * FROM jobs WHERE status = ? ORDER BY position", JobStatus.WAITING
        )

    def recent(self, limit: int) -> list[JobRow]:
        """Settled jobs, the one that ended last first."""
        return self._rows(
            "SELECT * FROM jobs WHERE finished IS NOT NULL"
            " ORDER BY finished DESC, position DESC LIMIT ?",
            limit,
        )

    # ---- inside

    def _prune(self) -> None:
        self._db.execute(
            "DELETE FROM jobs WHERE finished IS NOT NULL AND id NOT IN (SELECT id FROM jobs"
            " WHERE finished IS NOT NULL ORDER BY finished DESC, position DESC LIMIT ?)",
            (KEPT_SETTLED,),
        )

    def _rows(self, sql: str, *values: object) -> list[JobRow]:
        # All at once: a statement that was not read to its end has not committed.
        return [_job(row) for row in self._db.execute(sql, values).fetchall()]


def _job(row: sqlite3.Row) -> JobRow:
    return JobRow(
        id=row["id"],
        lane=row["lane"],
        kind=row["kind"],
        title=row["title"],
        request=json.loads(row["request"]),
        position=row["position"],
        status=JobStatus(row["status"]),
        error=JobError(*json.loads(row["error"])) if row["error"] else None,
        results=tuple(json.loads(row["results"])),
        created=datetime.fromisoformat(row["created"]),
        started=_time(row["started"]),
        finished=_time(row["finished"]),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _now() -> str:
    """Of fixed length, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _dump(value: object) -> str:
    return json.dumps(value, allow_nan=False)
