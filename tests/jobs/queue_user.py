"""A process that works on a queue and says, on its standard output, what was acknowledged."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from studio.jobs.store import JobStatus, JobStore


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(store: JobStore, prefix: str) -> None:
    """Adds, claims, fills and finishes jobs until it is killed."""
    store.recover()
    for number in itertools.count():
        for part in "ab":
            row = store.add(
                lane="gpu",
                kind="k",
                title="t",
                request={"n": number},
                job_id=f"{prefix}{number}{part}",
            )
            _say("waiting", row.id, 0)
        job_id = store.waiting()[0].id
        assert store.begin(job_id)
        _say("running", job_id, 0)
        store.append_result(job_id, {"path": "a.png"})
        _say("running", job_id, 1)
        store.finish(job_id, JobStatus.DONE)
        _say("done", job_id, 1)


def claim(store: JobStore) -> None:
    """Begins one job and, once told to, all that nobody else began."""
    for row in store.waiting():
        if store.begin(row.id):
            _say(row.id)
            break
    sys.stdin.readline()
    for row in store.waiting():
        if store.begin(row.id):
            _say(row.id)


if __name__ == "__main__":
    queue = JobStore(Path(sys.argv[2]))
    if sys.argv[1] == "work":
        work(queue, sys.argv[3])
    else:
        claim(queue)
