"""What every test gets: no screen, a home of its own, and nothing left running."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests load models in children and beside other tests: more threads only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine is no bug: how long an example takes says nothing here.
settings.register_profile("fabula", deadline=None)
settings.load_profile("fabula")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--onscreen"):
        os.environ.pop("QT_QPA_PLATFORM")


def pytest_unconfigure() -> None:
    """Empties the clipboard while there is an interpreter.

    The screen that is none keeps it until the process ends, and a `QMimeData` made in Python
    cannot be deleted then: the run would end with a segmentation fault.
    """
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, library, queue and caches of a person who never used the program."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FABULA_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    threads, children = set(threading.enumerate()), set(psutil.Process().children())
    yield
    until = time.monotonic() + 5
    while time.monotonic() < until:
        late_threads = {
            thread
            for thread in set(threading.enumerate()) - threads
            if not thread.name.startswith(("Dummy", "tqdm", "pytest_timeout", "ThreadPool"))
        }
        late = {
            child
            for child in set(psutil.Process().children()) - children
            if child.is_running() and "resource_tracker" not in " ".join(child.cmdline())
        }
        if not late_threads and not late:
            return
        time.sleep(0.05)
    pytest.fail(f"left running: {late_threads} {late}")
