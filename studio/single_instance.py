"""One window per user: a second start hands over what it was asked to open, and leaves."""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)

_ANSWER = b"ok\n"
_LONGEST = 1_000_000  # bytes
_PATIENCE = 5.0  # seconds


class SingleInstance(QObject):
    """The lock that makes this process the one with the window, and the door for later ones.

    Signals:
        arguments_received: a later start handed over its arguments, a list of str.
    """

    arguments_received = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """`name` tells programs of one user apart: the state folder's path does."""
        super().__init__(parent)
        user = os.getuid() if sys.platform != "win32" else getpass.getuser()
        unique = hashlib.sha256(f"{user}\n{name}".encode()).hexdigest()[:16]
        self._address = str(_socket_folder() / f"fabula-{unique}")
        self._lock = QLockFile(f"{self._address}.lock")
        self._lock.setStaleLockTime(0)  # a window may be open for weeks
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_connected)

    def try_hand_over(self, arguments: Sequence[str]) -> bool:
        """True when another process took `arguments`; False when this one is the window now.

        Relative paths mean nothing to the other process: make them absolute. Raises TimeoutError
        when there is another process and it does not answer within 5 s.
        """
        if self._lock.tryLock(0):
            self._listen()
            return False
        if self._lock.error() != QLockFile.LockError.LockFailedError:
            _log.warning("%s cannot be locked; other windows go unnoticed", self._address)
            return False
        # The other one may have begun a moment ago and not listen yet.
        deadline = time.monotonic() + _PATIENCE
        while (left := deadline - time.monotonic()) > 0:
            if _send(self._address, arguments, int(left * 1000)):
                return True
            time.sleep(0.05)
        raise TimeoutError("Fabula is already running, but it does not answer.")

    def close(self) -> None:
        """Lets another process be the one."""
        self._server.close()
        self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._address)  # left behind by a killed process
        if not self._server.listen(self._address):
            _log.warning("cannot listen at %s: %s", self._address, self._server.errorString())

    def _on_server_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            # Not a partial with the socket: that would keep this object alive until the socket
            # dies, and have it deleted, with the socket as its grandchild, in the midst of that.
            socket.readyRead.connect(self._on_socket_ready)
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _on_socket_ready(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        arguments = _arguments(bytes(socket.readLine().data()))
        if arguments is None:
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        self.arguments_received.emit(arguments)


def _arguments(line: bytes) -> list[str] | None:
    """None for a message that is not one of ours."""
    try:
        arguments = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(arguments, list) or not all(isinstance(each, str) for each in arguments):
        return None
    return arguments


def _send(address: str, arguments: Sequence[str], milliseconds: int) -> bool:
    if sys.platform != "win32" and not _is_mine(Path(address)):
        return False
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(milliseconds):
        return False
    socket.write(json.dumps(list(arguments)).encode() + b"\n")
    answered = socket.waitForReadyRead(milliseconds) and socket.readLine().data() == _ANSWER
    socket.close()
    return answered


def _socket_folder() -> Path:
    """Short, because a socket's path may have some hundred characters only."""
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _is_mine(address: Path) -> bool:
    """Anybody can make a socket in a shared temporary folder, and would be told what we open."""
    try:
        status = address.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_uid == os.getuid()
