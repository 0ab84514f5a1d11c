"""What a panel shows comes back, whole or as it was before."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.panel_states import DELAY, PanelStates

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

STATE = {"prompt": "ein Fuchs – 狐", "steps": 20, "seeds": [1, None]}


@pytest.fixture
def path(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "state" / "panels.json"


def test_a_change_is_on_the_disk_a_moment_later(path: Path, qtbot: QtBot) -> None:
    states = PanelStates(path)
    assert states.load("imagine") is None
    states.save("imagine", STATE)
    qtbot.waitUntil(path.exists, timeout=20 * DELAY)
    assert PanelStates(path).load("imagine") == STATE


def test_many_changes_are_written_once(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(
        "studio.panel_states.atomic.write_json", lambda _path, value: written.append(dict(value))
    )
    states = PanelStates(path)
    for steps in range(20):
        states.save("imagine", {"steps": steps})
    qtbot.waitUntil(lambda: bool(written), timeout=20 * DELAY)
    states.save("imagine", {"steps": 19})  # nothing new
    qtbot.wait(2 * DELAY)
    assert written == [{"imagine": {"steps": 19}}]


def test_panels_do_not_disturb_each_other(path: Path) -> None:
    states = PanelStates(path)
    states.save("imagine", STATE)
    states.save("story", [1])
    states.flush()
    again = PanelStates(path)
    again.save("story", [2])
    again.flush()
    assert (PanelStates(path).load("imagine"), PanelStates(path).load("story")) == (STATE, [2])


KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from studio.panel_states import PanelStates
application = QCoreApplication([])
states = PanelStates(Path(sys.argv[1]))
states.save("imagine", "first")
states.flush()
states.save("imagine", "second")
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_before_it_was_written_the_last_state_is_there(path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, check=False)
    assert done.returncode == -9
    assert PanelStates(path).load("imagine") == "first"
    assert [each.name for each in path.parent.iterdir()] == ["panels.json"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"imagine": ', b"[1]", b"null", b"\xff\xfe{"])
def test_a_broken_file_is_a_first_start(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    states = PanelStates(path)
    assert states.load("imagine") is None
    states.save("imagine", STATE)
    states.flush()
    assert json.loads(path.read_text(encoding="utf-8")) == {"imagine": STATE}


def test_a_disk_that_takes_nothing_costs_only_the_state(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.write_text("in the way")
    states = PanelStates(path)
    states.save("imagine", STATE)
    with caplog.at_level(logging.WARNING):
        states.flush()
    assert "could not be written" in caplog.text
    assert states.load("imagine") == STATE
