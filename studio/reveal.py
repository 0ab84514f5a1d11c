"""Shows a file in the system's file manager, chosen among its neighbours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtDBus import QDBusPendingCallWatcher

_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded

_waiting: set[QDBusPendingCallWatcher] = set()


def reveal(path: Path) -> None:
    """Opens the folder of `path` and chooses the file there, where the system can do that."""
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    elif sys.platform == "win32":
        native = QDir.toNativeSeparators(str(path))
        QProcess.startDetached("explorer", ["/select,", native])
    else:
        _ask_file_manager(path)


def _ask_file_manager(path: Path) -> None:
    """By the freedesktop.org interface org.freedesktop.FileManager1, without waiting for it."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path)
        return
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    message.setArguments([[QUrl.fromLocalFile(str(path)).toString(_ENCODED)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message))
    _waiting.add(watcher)

    def answered(call: QDBusPendingCallWatcher) -> None:
        _waiting.discard(watcher)
        if call.isError():  # no file manager knows it
            _open_folder(path)

    watcher.finished.connect(answered)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
