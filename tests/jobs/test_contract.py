"""What every lane promises, with the host in a process and in a thread."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING

import pytest

from pipelines.api import Cancelled, Failed, Preview
from pipelines.driver import Driver
from studio.jobs.job import Job, JobState
from studio.jobs.lane import Lane
from tests.processes import is_gone

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.jobs.conftest import Submit


def test_success_in_order(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=30)
    threads = set()
    run.job.progressed.connect(lambda _: threads.add(threading.current_thread()))
    run.wait()
    assert run.job.state is JobState.SUCCEEDED
    assert run.steps == list(range(1, 31))
    assert run.settled == 1
    assert threads == {threading.main_thread()}
    assert run.result["folder"] == "/nowhere"


def test_previews_are_throttled(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=40).wait()
    previews = [entry for entry in run.log if isinstance(entry, Preview) and entry.part == 0]
    seconds = next(entry.seconds for entry in reversed(run.log) if hasattr(entry, "seconds"))
    assert 2 <= len(previews) <= seconds / 0.1 + 2


def test_a_busy_window_gets_only_the_newest_preview_of_each_part(
    lane: Lane, submit: Submit
) -> None:
    run = submit(lane, steps=60).until_step(1)
    before = sum(isinstance(entry, Preview) for entry in run.log)
    until = time.monotonic() + 30
    while not run.job.ticket.cancelled and time.monotonic() < until:
        time.sleep(0.8)  # the window does nothing at all: no event is taken
        break
    run.wait()
    late = sum(isinstance(entry, Preview) for entry in run.log) - before
    assert late <= 2 * 4  # of about 16 that were made


def test_produced_parts_outlive_a_cancel(lane: Lane, submit: Submit, qtbot: QtBot) -> None:
    run = submit(lane, steps=500, produce=(2, 4))
    qtbot.waitUntil(lambda: len(run.job.items) == 2, timeout=30_000)
    run.job.cancel()
    run.wait()
    assert run.job.state is JobState.CANCELLED
    assert run.job.items == [{"step": 2}, {"step": 4}]


def test_cancel_during_steps_ends_within_one_block(lane: Lane, submit: Submit) -> None:
    run = submit(lane, at=2, trouble="long").until_step(1)
    run.job.cancel()
    run.wait()  # for less than the minute that the step would take
    assert (run.job.state, run.forced, run.steps) == (JobState.CANCELLED, False, [1])


def test_cancel_while_decoding_ends_within_one_tile(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=3, decode=True).until_step(3)
    run.job.cancel()
    run.wait()
    assert (run.job.state, run.forced, run.result) == (JobState.CANCELLED, False, None)


def test_cancel_while_loading_settles_at_once_and_the_load_stays_warm(
    lane: Lane, submit: Submit
) -> None:
    first = submit(lane, model="large", load=2).until_loading()
    second = submit(lane, model="large", load=600)
    first.job.cancel()
    first.wait()
    assert (first.job.state, first.forced, first.steps) == (JobState.CANCELLED, False, [])
    assert second.loading == []  # the host is still at the first
    second.wait()  # for the load of the first, and not for its own
    assert second.result["loads"] == {"large": 1}


def test_cancel_while_waiting_for_an_abandoned_load_settles_at_once(
    lane: Lane, submit: Submit
) -> None:
    first = submit(lane, model="large", load=2).until_loading()
    second, third = (submit(lane, model="large", load=600) for _ in range(2))
    for run in (first, second):
        run.job.cancel()
        run.wait()
    assert (second.loading, third.loading) == ([], [])
    assert third.wait().result["loads"] == {"large": 1}
    assert second.steps == []


def test_cancel_queued_settles_at_once_and_never_runs(lane: Lane, submit: Submit) -> None:
    first = submit(lane, steps=60).until_step(1)
    second = submit(lane)
    thread = threading.Thread(target=second.job.cancel)
    thread.start()
    second.wait()
    thread.join()
    assert second.job.state is JobState.CANCELLED
    assert first.settled == 0
    first.wait()
    assert (first.job.state, second.steps, second.settled) == (JobState.SUCCEEDED, [], 1)


def test_late_cancel_never_hits_the_next_job(lane: Lane, submit: Submit) -> None:
    first = submit(lane).wait()
    second = submit(lane, steps=20)
    first.job.cancel()
    second.until_step(1)
    first.job.cancel()
    assert second.wait().job.state is JobState.SUCCEEDED
    assert (first.job.state, first.settled) == (JobState.SUCCEEDED, 1)


def test_cancelled_job_leaves_the_next_alone(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=100).until_step(3)
    run.job.cancel()
    run.wait()
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_pause_blocks_and_does_not_count(lane: Lane, submit: Submit, qtbot: QtBot) -> None:
    began = time.monotonic()
    run = submit(lane, steps=40).until_step(5)
    with qtbot.waitSignal(run.job.pause_changed, timeout=5000) as paused:
        run.job.pause()
    assert paused.args == [True]
    stood, since = run.steps[-1], time.monotonic()
    qtbot.wait(1000)
    assert run.steps[-1] == stood
    seconds_paused = time.monotonic() - since
    with qtbot.waitSignal(run.job.pause_changed, timeout=5000) as paused:
        run.job.pause(False)
    assert paused.args == [False]
    progress = [entry for entry in run.wait().log if hasattr(entry, "step")]
    assert [entry.step for entry in progress] == list(range(1, 41))
    after = progress[stood]
    assert progress[-1].seconds <= time.monotonic() - began - seconds_paused
    assert after.seconds_left == pytest.approx(after.seconds / after.step * (40 - after.step))


def test_pause_before_the_start_and_cancel_while_paused(
    lane: Lane, submit: Submit, qtbot: QtBot
) -> None:
    run = submit(lane, load=0.3)
    with qtbot.waitSignal(run.job.pause_changed, timeout=10_000):
        run.job.pause()
    run.job.cancel()
    run.wait()
    assert (run.job.state, run.steps) == (JobState.CANCELLED, [])


@pytest.mark.parametrize(
    ("trouble", "code"), [("memory", "out_of_memory"), ("bug", "internal"), ("exit", "internal")]
)
def test_errors_are_data(lane: Lane, submit: Submit, trouble: str, code: str) -> None:
    run = submit(lane, at=3, trouble=trouble).wait()
    assert run.job.state is JobState.FAILED
    assert isinstance(run.log[-1], Failed)
    assert run.log[-1].code == code
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_unpicklable_request_fails_and_the_lane_lives(lane: Lane, submit: Submit) -> None:
    run = submit(lane, lock=threading.Lock()).wait()
    assert run.log[-1].code == "bad_request"
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_unreadable_result_fails_and_the_lane_lives(lane: Lane, submit: Submit) -> None:
    assert submit(lane, "tests.scripted:unreadable").wait().log[-1].code == "bad_result"
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_an_unreadable_part_ends_the_job_and_the_lane_lives(lane: Lane, submit: Submit) -> None:
    run = submit(lane, "tests.scripted:unreadable_part").wait()
    assert run.log[-1].code == "bad_result"
    assert submit(lane).wait().job.state is JobState.SUCCEEDED  # not after the rest of a minute


def test_a_part_whose_way_home_breaks_fails_the_job_and_ends_its_steps(
    lane: Lane, submit: Submit
) -> None:
    run = submit(lane, steps=6000, produce=(2,))

    def broken(_item: object) -> object:
        raise ZeroDivisionError("a bug")

    run.job.adopt = broken
    assert "ZeroDivisionError" in run.wait().log[-1].trace
    assert submit(lane).wait().job.state is JobState.SUCCEEDED  # not after the rest of a minute


def test_an_unknown_target_fails(lane: Lane, submit: Submit) -> None:
    failed = submit(lane, "tests.scripted:Nothing").wait().log[-1]
    assert "Nothing" in failed.trace
    assert failed.message == "Something went wrong inside the generator."


def test_a_part_that_cannot_be_brought_home_fails_the_job(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=200, produce=(20,))

    def refuse(_item: object) -> object:
        raise OSError("no space left")

    run.job.adopt = refuse
    run.wait()
    assert run.log[-1].code == "library_unwritable"
    assert "no space left" in run.log[-1].message
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_parts_are_brought_home_before_anybody_hears_of_them(lane: Lane, submit: Submit) -> None:
    run = submit(lane, steps=60, produce=(20,))
    threads: list[threading.Thread] = []

    def adopt(item: object) -> object:
        threads.append(threading.current_thread())
        return ("home", item)

    run.job.adopt = adopt
    run.wait()
    assert run.job.items == [("home", {"step": 20})]
    assert threading.main_thread() not in threads


def test_shutdown_settles_all_and_does_not_wait_for_them(lane: Lane, submit: Submit) -> None:
    running = submit(lane, at=2, trouble="long").until_step(1)
    waiting = [submit(lane, at=2, trouble="long") for _ in range(6)]
    since = time.monotonic()
    lane.shutdown()
    assert time.monotonic() - since < 30  # and not seven minutes
    assert lane.isFinished()
    for run in (running, *waiting):  # without another turn of the event loop
        assert (run.job.state, run.settled) == (JobState.CANCELLED, 1)
    late = submit(lane)
    assert late.job.state is JobState.CANCELLED
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("host")]


def test_shutdown_of_a_lane_that_never_started(submit: Submit, qtbot: QtBot) -> None:
    lane = Lane(Driver())
    run = submit(lane)
    lane.shutdown()
    assert (run.job.state, run.settled) == (JobState.CANCELLED, 1)


def test_stop_never_waits_for_the_lane_to_take_a_job(submit: Submit, qtbot: QtBot) -> None:
    lane = Lane(Driver())
    run = submit(lane)
    jobs = lane._jobs

    class Quicker:
        """The lane's thread takes the job between `empty` and `get`."""

        def empty(self) -> bool:
            return False

        def get_nowait(self) -> Job | None:
            jobs.get()
            raise queue.Empty

        get = get_nowait

        def put(self, job: Job | None) -> None:
            jobs.put(job)

    lane._jobs = Quicker()  # type: ignore[assignment]
    lane.stop()
    assert jobs.get_nowait() is None
    run.job.apply(Cancelled())


def test_shutdown_while_loading(lane: Lane, submit: Submit) -> None:
    run = submit(lane, load=5 if not lane.driver.isolated else 600).until_loading()
    lane.shutdown()
    assert run.job.state is JobState.CANCELLED


def test_shutdown_while_paused(lane: Lane, submit: Submit, qtbot: QtBot) -> None:
    run = submit(lane, steps=100).until_step(1)
    with qtbot.waitSignal(run.job.pause_changed, timeout=5000):
        run.job.pause()
    lane.shutdown()
    assert run.job.state is JobState.CANCELLED


def test_states_of_a_job_that_was_never_sent() -> None:
    job = Job("tests.scripted:Scripted", {})
    assert (job.state, job.is_settled, job.items) == (JobState.QUEUED, False, [])


def test_a_lane_that_rests_begins_with_a_job_and_gives_its_memory_back(
    submit: Submit, qtbot: QtBot
) -> None:
    lane = Lane(Driver(), rests_after=0.3)
    lane.start()
    run = submit(lane, steps=30).until_step(1)
    pid = lane.driver.pid
    assert pid is not None
    assert run.wait().job.state is JobState.SUCCEEDED
    qtbot.waitUntil(lambda: lane.driver.pid is None, timeout=30_000)
    assert is_gone(pid)
    assert submit(lane, steps=1).wait().job.state is JobState.SUCCEEDED
    lane.shutdown()
