"""In processes of their own: the hooks belong to a whole process, and some of this ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio import error_hooks
from studio.error_hooks import watch_for_crashes

PRELUDE = """
import logging, sys, threading
from pathlib import Path
from studio.error_hooks import install_hooks, watch_for_crashes
logging.basicConfig(filename="log", format="%(levelname)s %(threadName)s %(message)s")
install_hooks(lambda p: print(threading.current_thread().name, p.code, p.details.splitlines()[-1]))
"""


def _run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + script],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_exception_in_the_main_thread_is_logged_and_reported(tmp_path: Path) -> None:
    run = _run(tmp_path, "raise ValueError('too much')")
    assert run.stdout == "MainThread unexpected ValueError: too much\n"
    assert run.stderr == ""
    log = (tmp_path / "log").read_text()
    assert log.startswith("ERROR MainThread uncaught in the main thread\nTraceback")
    assert "ValueError: too much" in log


def test_an_exception_in_a_thread_is_logged_and_reported_there(tmp_path: Path) -> None:
    script = """
def fail(): raise OSError("gone")
threading.Thread(target=fail, name="reader").start()
threading.Thread(target=sys.exit, name="quitter").start()
"""
    run = _run(tmp_path, script)
    assert run.stdout == "reader unexpected OSError: gone\n"
    log = (tmp_path / "log").read_text()
    assert "uncaught in reader" in log
    assert "quitter" not in log


def test_what_fails_in_a_deletion_is_only_logged(tmp_path: Path) -> None:
    script = """
class Thing:
    def __del__(self): raise KeyError("late")
thing = Thing()
del thing
"""
    run = _run(tmp_path, script)
    assert (run.stdout, run.stderr) == ("", "")
    assert "KeyError: 'late'" in (tmp_path / "log").read_text()


def test_ctrl_c_is_no_error(tmp_path: Path) -> None:
    run = _run(tmp_path, "raise KeyboardInterrupt")
    assert run.stdout == ""
    assert "KeyboardInterrupt" in run.stderr
    assert not (tmp_path / "log").read_text()


def test_a_slot_that_fails_is_reported_and_the_program_goes_on(tmp_path: Path) -> None:
    script = """
from PySide6.QtCore import QCoreApplication, QTimer
app = QCoreApplication([])
def fail(): raise RuntimeError("slot")
QTimer.singleShot(0, fail)
QTimer.singleShot(1, app.quit)
app.exec()
print("went on")
"""
    run = _run(tmp_path, script)
    assert run.stdout == "MainThread unexpected RuntimeError: slot\nwent on\n"


def test_one_failing_place_is_reported_once_in_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = error_hooks._RateLimit()
    now = 0.0
    monkeypatch.setattr("studio.error_hooks.time.monotonic", lambda: now)

    def failure(kind: type[Exception]) -> Exception:
        try:
            raise kind
        except kind as error:
            return error

    assert limit.allows(failure(ValueError))
    assert limit.allows(failure(KeyError))
    now = 4.9
    assert not limit.allows(failure(ValueError))
    now = 5.0
    assert limit.allows(failure(ValueError))


def test_a_native_crash_is_told_at_the_next_start(tmp_path: Path) -> None:
    crash = tmp_path / "state" / "crash.txt"
    script = f"""
import ctypes
print(repr(watch_for_crashes(Path({str(crash)!r}))))
def deep_inside(): ctypes.string_at(0)
"""
    run = _run(tmp_path, script + "deep_inside()")
    assert run.returncode == -signal.SIGSEGV
    run = _run(tmp_path, script)
    assert "Segmentation fault" in run.stdout
    assert "deep_inside" in run.stdout
    assert run.returncode == 0
    assert crash.read_text() == "", "told once"


def test_a_crash_file_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").mkdir()
    with pytest.raises(IsADirectoryError):
        watch_for_crashes(tmp_path / "crash.txt")
