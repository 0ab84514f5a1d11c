"""Showing a file in the file manager, where nothing answers on the bus."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from studio.reveal import reveal


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there is no session bus there")
def test_without_a_file_manager_the_folder_is_opened(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtDBus.QDBusConnection.isConnected", lambda _bus: False)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    reveal(tmp_path / "a.png")
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize(
    ("system", "program", "first"), [("darwin", "open", "-R"), ("win32", "explorer", "/select,")]
)
def test_where_a_program_does_it(
    monkeypatch: pytest.MonkeyPatch, system: str, program: str, first: str
) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(QProcess, "startDetached", lambda *command: started.append(command))
    reveal(Path("/library/a b.png"))
    ((name, arguments),) = started
    assert (name, arguments[0], len(arguments)) == (program, first, 2)
