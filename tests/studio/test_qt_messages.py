"""In processes of their own: a fatal message ends one, and the handler belongs to all of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

PRELUDE = """
import logging
from pathlib import Path
from PySide6.QtCore import qCritical, qDebug, qWarning
from studio.error_hooks import watch_for_crashes
from studio.qt_messages import install_qt_messages
format = "%(levelname)s %(name)s %(message)s"
logging.basicConfig(filename="log", level=logging.DEBUG, format=format)
install_qt_messages()
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


def test_messages_go_to_the_log_with_their_level(tmp_path: Path) -> None:
    script = """
qDebug("detail"); qWarning("100% odd"); qCritical("bad")"""
    run = _run(tmp_path, script)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    lines = (tmp_path / "log").read_text().splitlines()
    assert lines[:3] == [
        "DEBUG qt.default detail",
        "WARNING qt.default 100% odd",
        "ERROR qt.default bad",
    ]


def test_a_fatal_message_is_logged_and_its_place_recorded(tmp_path: Path) -> None:
    script = """
watch_for_crashes(Path("crash.txt"))
from PySide6.QtGui import QGuiApplication
def deep_inside(): QGuiApplication(["fabula", "-platform", "nonsense"])
deep_inside()
"""
    run = _run(tmp_path, script)
    assert run.returncode == -signal.SIGABRT
    log = (tmp_path / "log").read_text()
    assert "CRITICAL qt.default This application failed to start because no Qt platform" in log
    assert "deep_inside" in (tmp_path / "crash.txt").read_text()
