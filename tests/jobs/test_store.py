from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.jobs import store as store_module
from studio.jobs.store import JobError, JobRow, JobStatus, JobStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[JobStore]:
    with closing(JobStore(path)) as store:
        yield store


def _add(store: JobStore, title: str = "a fox", lane: str = "gpu") -> JobRow:
    return store.add(
        lane=lane, kind="text_to_image", title=title, request={"prompt": title, "seed": 2**32 - 1}
    )


def _titles(rows: list[JobRow]) -> list[str]:
    return [row.title for row in rows]


def test_a_job_survives_a_restart_as_it_was(store: JobStore, path: Path) -> None:
    row = _add(store, "Grüße, 帽子\n\0'\"")
    store.close()
    with closing(JobStore(path)) as again:
        assert again.waiting() == [row]
        assert again.get(row.id) == row
    assert row.status is JobStatus.WAITING
    assert row.request == {"prompt": row.title, "seed": 2**32 - 1}
    assert row.created.utcoffset() is not None
    assert (row.error, row.results, row.started, row.finished) == (None, (), None, None)


@pytest.mark.parametrize("request_", [{"a": object()}, {"a": float("nan")}])
def test_a_request_that_is_no_json_is_refused(store: JobStore, request_: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        store.add(lane="gpu", kind="k", title="t", request=request_)
    assert store.waiting() == []


def test_an_id_is_used_once(store: JobStore) -> None:
    row = _add(store)
    with pytest.raises(sqlite3.IntegrityError):
        store.add(lane="gpu", kind="k", title="t", request={}, job_id=row.id)


def test_a_job_begins_once(store: JobStore) -> None:
    first, second = _add(store, "1"), _add(store, "2")
    assert store.begin(first.id)
    row = store.get(first.id)
    assert row is not None
    assert row.status is JobStatus.RUNNING
    assert row.started is not None
    assert _titles(store.waiting()) == ["2"]
    assert not store.begin(first.id)
    assert not store.begin("unknown")
    store.cancel(second.id)
    assert not store.begin(second.id), "a cancelled job never begins"


def test_a_finished_job_keeps_results_and_error(store: JobStore) -> None:
    done, failed = _add(store), _add(store)
    store.begin(done.id)
    assert store.append_result(done.id, {"path": "ü.png", "index": 0})
    assert store.append_result(done.id, "second")
    assert store.finish(done.id, JobStatus.DONE)
    store.begin(failed.id)
    error = JobError("out_of_memory", "Too large.", "Try 512.")
    assert store.finish(failed.id, JobStatus.FAILED, error)
    row = store.get(done.id)
    assert row is not None
    assert row.results == ({"path": "ü.png", "index": 0}, "second")
    assert row.finished is not None
    row = store.get(failed.id)
    assert row is not None
    assert (row.status, row.error, row.results) == (JobStatus.FAILED, error, ())
    assert [row.id for row in store.recent(5)] == [failed.id, done.id]
    assert [row.id for row in store.recent(1)] == [failed.id]


def test_a_job_settles_once(store: JobStore) -> None:
    row = _add(store)
    assert not store.finish("unknown", JobStatus.DONE)
    assert not store.append_result("unknown", 1)
    with pytest.raises(ValueError, match="running"):
        store.finish(row.id, JobStatus.RUNNING)
    assert store.finish(row.id, JobStatus.DONE), "its beginning was never written down"
    assert not store.finish(row.id, JobStatus.FAILED)


def test_a_cancelled_job_stays_cancelled(store: JobStore) -> None:
    running, waiting = _add(store), _add(store)
    store.begin(running.id)
    assert store.cancel(waiting.id) is JobStatus.WAITING
    assert store.cancel(running.id) is JobStatus.RUNNING
    assert store.append_result(running.id, "made before the cancel"), "nothing made is lost"
    assert not store.finish(running.id, JobStatus.DONE)
    row = store.get(running.id)
    assert row is not None
    assert (row.status, row.results) == (JobStatus.CANCELLED, ("made before the cancel",))
    assert store.cancel(running.id) is JobStatus.CANCELLED
    assert store.cancel("unknown") is None


def test_settled_jobs_are_not_cancelled(store: JobStore) -> None:
    row = _add(store)
    store.begin(row.id)
    store.finish(row.id, JobStatus.DONE)
    assert store.cancel(row.id) is JobStatus.DONE
    assert [row.status for row in store.recent(9)] == [JobStatus.DONE]


def test_moving(store: JobStore) -> None:
    a, b, c, d = (_add(store, title) for title in "abcd")
    store.move(d.id, a.id)
    assert _titles(store.waiting()) == ["d", "a", "b", "c"]
    store.move(d.id, None)
    assert _titles(store.waiting()) == ["a", "b", "c", "d"]
    store.move(b.id, b.id)
    store.move(c.id, "gone")
    store.move("gone", a.id)
    assert _titles(store.waiting()) == ["a", "b", "c", "d"]
    _add(store, "e")
    store.begin(a.id)
    store.move(d.id, a.id)  # a runs meanwhile
    assert _titles(store.waiting()) == ["b", "c", "d", "e"]


@given(moves=st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=20))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
def test_moving_does_what_a_list_does(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int | None]]
) -> None:
    with closing(JobStore(tmp_path_factory.mktemp("queue") / "db")) as store:
        rows = [_add(store, str(number)) for number in range(6)]
        expected = [row.id for row in rows]
        for what, before in moves:
            store.move(rows[what].id, None if before is None else rows[before].id)
            if what != before:
                expected.remove(rows[what].id)
                at = len(expected) if before is None else expected.index(rows[before].id)
                expected.insert(at, rows[what].id)
            assert [row.id for row in store.waiting()] == expected


def test_removing(store: JobStore) -> None:
    running, waiting = _add(store), _add(store)
    store.begin(running.id)
    assert not store.remove(running.id)
    assert store.remove(waiting.id)
    assert not store.remove(waiting.id)
    store.finish(running.id, JobStatus.FAILED)
    assert store.remove(running.id)
    assert store.recent(9) == []


def test_after_a_restart_running_jobs_are_interrupted_until_removed(
    store: JobStore, path: Path
) -> None:
    running, waiting = _add(store), _add(store)
    store.begin(running.id)
    store.append_result(running.id, "first.png")
    store.close()
    with closing(JobStore(path)) as again:
        interrupted, left = again.recover()
        assert [(row.id, row.status) for row in interrupted] == [
            (running.id, JobStatus.INTERRUPTED)
        ]
        assert interrupted[0].results == ("first.png",)
        assert interrupted[0].finished is not None
        assert [row.id for row in left] == [waiting.id]
        assert again.recover() == (interrupted, left)  # until somebody removes it
        again.remove(interrupted[0].id)
        assert again.recover() == (interrupted[1:], left)


def test_only_the_newest_settled_jobs_are_kept(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "KEPT_SETTLED", 3)
    rows = [_add(store, str(number)) for number in range(6)]
    for row in rows[:5]:
        store.begin(row.id)
        store.finish(row.id, JobStatus.DONE)
    assert _titles(store.recent(9)) == ["4", "3", "2"]
    store.cancel(store.waiting()[0].id)
    assert _titles(store.recent(9)) == ["5", "4", "3"]


def test_a_full_disk_refuses_the_job_and_keeps_the_queue(store: JobStore, path: Path) -> None:
    kept = _add(store, "kept")
    store._db.execute("PRAGMA max_page_count = 8")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        _add(store, "x" * 100_000)
    assert store.waiting() == [kept]
    store._db.execute("PRAGMA max_page_count = 1000000")
    _add(store, "later")
    assert _titles(store.waiting()) == ["kept", "later"]


def test_a_broken_queue_does_not_stop_the_program(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"not a database, however long you look at it" * 40)
    with closing(JobStore(path)) as store:
        _add(store)
    assert path.with_name("queue.sqlite3.broken-1").exists()
    assert "set aside" in caplog.text


def _queue_user(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.queue_user", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_never_begin_the_same_job(store: JobStore, path: Path) -> None:
    ids = sorted(_add(store).id for _ in range(150))
    users = [_queue_user("claim", str(path)) for _ in range(2)]
    claimed = []
    for user in users:  # both are at work from here on
        assert user.stdout is not None
        claimed.append(user.stdout.readline().strip())
    for user in users:
        assert user.stdin is not None
        user.stdin.write("go\n")
        user.stdin.flush()
    for user in users:
        claimed += user.communicate(timeout=60)[0].split()
    assert sorted(claimed) == ids


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(path: Path) -> None:
    dice = random.Random(4)
    progress = {"waiting": 0, "running": 1, "done": 2, "interrupted": 2}
    acknowledged: dict[str, tuple[int, int]] = {}
    for round_ in range(30):
        user = _queue_user("work", str(path), f"r{round_}-")
        assert user.stdout is not None
        lines = [user.stdout.readline() for _ in range(dice.randrange(1, 40))]
        user.kill()
        rest, _ = user.communicate(timeout=20)
        # The kill may have torn the last line.
        for line in (*lines, *rest.splitlines(keepends=True)):
            if line.endswith("\n"):
                state, job_id, results = line.split()
                acknowledged[job_id] = progress[state], int(results)
        with closing(JobStore(path)) as store:
            rows = {row.id: row for row in (*store.waiting(), *store.recent(500))}
            rows |= {row.id: row for row in store.recover()[0]}
        for job_id, (state_, count) in acknowledged.items():
            assert progress[rows[job_id].status] >= state_, (round_, rows[job_id])
            assert len(rows[job_id].results) >= count
    assert len(acknowledged) > 100
    assert not list(path.parent.glob("*.broken*"))


def test_requests_are_stored_as_text_that_others_can_read(store: JobStore, path: Path) -> None:
    _add(store, "帽子")
    with closing(sqlite3.connect(path)) as db:
        (text,) = db.execute("SELECT request FROM jobs").fetchone()
    assert json.loads(text)["prompt"] == "帽子"
