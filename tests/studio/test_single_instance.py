from __future__ import annotations

import gc
import os
import socket
import stat
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalSocket

from studio.single_instance import SingleInstance

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def name(home: Path) -> str:
    """Of this test alone."""
    return str(home / "state")


@pytest.fixture
def instance(qapp: QCoreApplication, name: str) -> Iterator[SingleInstance]:
    with closing(SingleInstance(name)) as instance:
        yield instance


def _start(name: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.studio.instance_user", name, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_start_hands_over_and_leaves(
    instance: SingleInstance, name: str, qtbot: QtBot
) -> None:
    assert not instance.try_hand_over(["mine"])
    with qtbot.waitSignal(instance.arguments_received, timeout=20_000) as signal:
        second = _start(name, "/a b/ü 帽.fabula", '"\n')
    assert signal.args == [["/a b/ü 帽.fabula", '"\n']]
    assert second.communicate(timeout=20)[0] == "handed over\n"


def test_one_program_per_state_folder(instance: SingleInstance, name: str) -> None:
    assert not instance.try_hand_over([])
    with closing(SingleInstance(name + "/other")) as other:
        assert not other.try_hand_over([])


def test_a_killed_one_is_not_waited_for(instance: SingleInstance, name: str) -> None:
    first = _start(name)
    assert _line(first) == "alone"
    assert Path(instance._address).exists()
    first.kill()
    first.communicate()
    assert not instance.try_hand_over([]), "its lock and socket are stale"
    second = _start(name, "x")
    while second.poll() is None:
        QCoreApplication.processEvents()
    assert second.communicate()[0] == "handed over\n"


def test_of_two_simultaneous_starts_one_gets_the_window(qapp: QCoreApplication, name: str) -> None:
    both = [_start(name, argument) for argument in "ab"]
    outputs = sorted(process.communicate(timeout=30)[0] for process in both)
    assert outputs in (
        ["alone\nreceived a\n", "handed over\n"],
        ["alone\nreceived b\n", "handed over\n"],
    )


def test_one_that_does_not_answer_is_reported(
    instance: SingleInstance, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _start(name, "--hang")
    assert _line(first) == "alone"
    monkeypatch.setattr("studio.single_instance._PATIENCE", 0.2)
    with pytest.raises(TimeoutError, match="already running"):
        instance.try_hand_over([])
    first.communicate("\n", timeout=20)


def test_the_socket_is_the_users_own(instance: SingleInstance) -> None:
    instance.try_hand_over([])
    status = Path(instance._address).stat()
    assert status.st_uid == os.getuid()
    assert stat.S_IMODE(status.st_mode) & 0o077 == 0
    assert stat.S_ISSOCK(status.st_mode)


def test_a_socket_of_somebody_else_is_told_nothing(
    instance: SingleInstance, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not instance.try_hand_over([])
    monkeypatch.setattr("studio.single_instance._PATIENCE", 0.2)
    second = SingleInstance(name)
    monkeypatch.setattr("studio.single_instance.os.getuid", lambda: 4711)
    with pytest.raises(TimeoutError):
        second.try_hand_over(["secret.fabula"])


@pytest.mark.parametrize(
    "message", [b"no json\n", b"\xff\n", b'{"a": 1}\n', b"[1]\n", b"x" * 2_000_000]
)
def test_a_message_that_is_none_of_ours_is_dropped(
    instance: SingleInstance, qtbot: QtBot, message: bytes
) -> None:
    instance.try_hand_over([])
    stranger = QLocalSocket()
    with qtbot.assertNotEmitted(instance.arguments_received):
        stranger.connectToServer(instance._address)
        assert stranger.waitForConnected(1_000)
        stranger.write(message)
        qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState)


def test_a_message_may_come_in_pieces(instance: SingleInstance, qtbot: QtBot) -> None:
    instance.try_hand_over([])
    with socket.socket(socket.AF_UNIX) as friend:
        friend.connect(instance._address)
        friend.sendall(b'["a.fab')
        qtbot.wait(1)
        with qtbot.waitSignal(instance.arguments_received) as signal:
            friend.sendall(b'ula"]\n')
        assert signal.args == [["a.fabula"]]
        assert friend.recv(10) == b"ok\n"


def test_it_may_go_while_somebody_is_connected(name: str, qapp: QCoreApplication) -> None:
    instance = SingleInstance(name)
    instance.try_hand_over([])
    stranger = QLocalSocket()
    stranger.connectToServer(instance._address)
    assert stranger.waitForConnected(1_000)
    stranger.write(b"[]")
    stranger.flush()
    while not instance._server.findChildren(QLocalSocket):
        QCoreApplication.processEvents()
    gone = weakref.ref(instance)
    instance.close()
    del instance
    gc.collect()
    assert gone() is None
    stranger.abort()
    QCoreApplication.processEvents()
