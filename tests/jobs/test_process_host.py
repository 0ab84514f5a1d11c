"""What only a process can do: crash, be killed, keep torch out, have children of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from pipelines.driver import Driver
from studio.jobs.job import JobState
from tests.processes import is_gone

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from tests.jobs.conftest import MakeLane, Submit


def test_a_crash_is_a_failed_job(make_lane: MakeLane, submit: Submit) -> None:
    lane = make_lane()
    before = submit(lane).wait().result["pid"]
    failed = submit(lane, at=3, trouble="abort").wait().log[-1]
    assert failed.code == "crashed"
    assert f"exit code {-signal.SIGABRT}" in failed.message
    assert "scripted.py" in failed.trace  # where it was
    assert "_trouble" in failed.trace
    assert submit(lane).wait().result["pid"] != before


def test_a_kill_by_the_system_is_said_to_be_for_memory(make_lane: MakeLane, submit: Submit) -> None:
    lane = make_lane()
    pid = submit(lane).wait().result["pid"]
    run = submit(lane, at=3, trouble="long").until_step(2)
    os.kill(pid, signal.SIGKILL)
    assert "lack of memory" in run.wait().log[-1].message


def test_a_child_that_died_while_idle_is_replaced(make_lane: MakeLane, submit: Submit) -> None:
    lane = make_lane()
    pid = submit(lane).wait().result["pid"]
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_a_child_that_dies_just_now_is_replaced(make_lane: MakeLane, submit: Submit) -> None:
    """Its last threads are still ending: the system calls it alive, and nobody reads the pipe."""
    lane = make_lane()
    pid = submit(lane).wait().result["pid"]
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    process = lane.driver._process
    assert process is not None
    process.is_alive = lambda: True  # type: ignore[method-assign]
    run = submit(lane).wait()
    assert run.job.state is JobState.SUCCEEDED
    assert run.result["pid"] != pid


def test_steps_that_ignore_cancel_are_killed_after_the_grace(
    make_lane: MakeLane, submit: Submit
) -> None:
    lane = make_lane(cancel_grace=0.5)
    run = submit(lane, at=3, trouble="hang").until_step(2)
    since = time.monotonic()
    run.job.cancel()
    run.wait()
    assert run.forced is True
    assert time.monotonic() - since >= 0.5
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_a_cancelled_load_is_left_alone_while_nobody_waits(
    make_lane: MakeLane, submit: Submit, qtbot: QtBot
) -> None:
    lane = make_lane(cancel_grace=0.5)
    pid = submit(lane).wait().result["pid"]
    first = submit(lane, model="large", load=1.5).until_loading()
    first.job.cancel()
    first.wait()
    qtbot.wait(3000)  # silent for longer than the grace
    second = submit(lane, model="large", load=600).wait()
    assert (second.result["pid"], second.result["loads"]) == (pid, {"small": 1, "large": 2})


def test_a_cancelled_load_without_a_sign_is_killed_when_a_job_waits(
    make_lane: MakeLane, submit: Submit
) -> None:
    lane = make_lane(cancel_grace=0.7)
    pid = submit(lane).wait().result["pid"]
    first = submit(lane, model="large", load=600).until_loading()
    first.job.cancel()
    second = submit(lane).wait()
    assert (first.forced, first.settled) == (False, 1)
    assert second.job.state is JobState.SUCCEEDED
    assert second.result["pid"] != pid
    assert is_gone(pid)


def test_a_cancelled_load_that_gives_signs_is_waited_for(
    make_lane: MakeLane, submit: Submit
) -> None:
    lane = make_lane(cancel_grace=2.0)
    pid = submit(lane).wait().result["pid"]
    first = submit(lane, model="large", load=4.0, silence=0.1).until_loading()
    first.job.cancel()
    assert submit(lane, model="large").wait().result["pid"] == pid


def test_a_slow_load_that_nobody_cancelled_is_never_killed(
    make_lane: MakeLane, submit: Submit
) -> None:
    lane = make_lane(cancel_grace=0.3)
    pid = submit(lane).wait().result["pid"]
    assert submit(lane, model="large", load=1.5).wait().result["pid"] == pid


def test_an_abandoned_load_that_crashes_does_not_fail_the_next_job(
    make_lane: MakeLane, submit: Submit
) -> None:
    lane = make_lane()
    first = submit(lane, load=1.0, load_aborts=True).until_loading()
    first.job.cancel()
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_a_job_may_start_processes(make_lane: MakeLane, submit: Submit) -> None:
    run = submit(make_lane(), "tests.scripted:own_process", sleep=0).wait()
    assert run.result == {"exitcode": 0}


def test_a_kill_reaches_what_the_job_started(make_lane: MakeLane, submit: Submit) -> None:
    run = submit(
        make_lane(cancel_grace=0.3), "tests.scripted:own_process", sleep=600, leave=True
    ).until_step(1)
    run.job.cancel()
    run.wait()
    assert run.forced is True
    assert is_gone(run.steps[0])


def test_the_child_of_a_light_target_has_neither_qt_nor_torch_and_is_hardened(
    make_lane: MakeLane, submit: Submit
) -> None:
    result = submit(make_lane(), "tests.scripted:modules").wait().result
    assert not {"PySide6", "shiboken6", "torch"} & set(result["modules"])
    assert (result["offline"], result["kernels"]) == ("1", "NO")


HANGS = """
    import sys
    from pipelines.driver import Driver
    from pipelines.ticket import Ticket
    driver = Driver()
    events = driver.run(Ticket("tests.scripted:{target}", {request}))
    for body in events:
        if type(body).__name__ == "Progress":
            print(driver.pid, body.step, flush=True)
            {then}
"""


def start_parent(then: str, target: str = "Scripted", **request: object) -> subprocess.Popen[str]:
    code = textwrap.dedent(HANGS).format(target=target, request=request, then=then)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_the_child_ends_when_its_parent_is_killed() -> None:
    with start_parent("pass", at=2, trouble="hang") as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline().split()[0])
        parent.kill()
    assert is_gone(child)


def test_so_do_the_processes_it_started() -> None:
    with start_parent("pass", target="own_process", sleep=600, leave=True) as parent:
        assert parent.stdout is not None
        child, grandchild = map(int, parent.stdout.readline().split())
        parent.kill()
    assert is_gone(child)
    assert is_gone(grandchild)


def test_an_exit_without_close_kills_the_child() -> None:
    with start_parent("sys.exit(5)", at=2, trouble="hang") as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline().split()[0])
        assert parent.wait(timeout=20) == 5
    assert is_gone(child)


def test_close_kills_a_child_that_does_not_end_by_itself() -> None:
    driver = Driver()
    driver.start()
    pid = driver.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    driver.close()
    assert is_gone(pid)


def test_a_child_that_cannot_be_started_is_a_failed_job(
    make_lane: MakeLane, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_process(_process: SpawnProcess) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(SpawnProcess, "start", no_process)
        lane = make_lane()
        assert "unavailable" in submit(lane).wait().log[-1].message
    assert submit(lane).wait().job.state is JobState.SUCCEEDED


def test_a_target_not_named_torch_free_is_refused_in_a_thread(
    make_lane: MakeLane, submit: Submit
) -> None:
    # There is no such module: a host that tried to import it would say so.
    run = submit(make_lane(isolated=False), "pipelines.not_there:Heavy").wait()
    assert run.log[-1].code == "needs_process"


def test_a_child_that_is_killed_leaves_no_warning_of_python() -> None:
    code = """
        from pipelines.driver import Driver
        from pipelines.ticket import Ticket
        if __name__ == "__main__":
            driver = Driver()
            driver.start()
            ticket = Ticket("tests.scripted:draw_a_bar_and_die", {})
            print([type(body).__name__ for body in driver.run(ticket)][-1])
            driver.close()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("Failed\n", "")
