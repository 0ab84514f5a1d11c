"""Where a copy goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.panels.imagine.copy_dialog import ask_for_copy

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("fox.png", 0, "fox.png"),
        ("fox.JPG", 0, "fox.JPG"),
        ("fox", 1, "fox.webp"),
        ("fox", 2, "fox.jpg"),
        ("fox no. 2", 0, "fox no. 2.png"),
        ("there", 0, "there-2.png"),
    ],
)
def test_the_name_gets_the_suffix_of_its_kind(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    kind: int,
    written: str,
) -> None:
    (tmp_path / "there.png").touch()

    def answer(_window: QWidget, _title: str, _name: str, kinds: str, _first: str) -> object:
        return str(tmp_path / typed), kinds.split(";;")[kind]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window = QWidget()
    qtbot.addWidget(window)
    assert ask_for_copy(window, "a.png") == tmp_path / written


def test_giving_up_writes_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window = QWidget()
    qtbot.addWidget(window)
    assert ask_for_copy(window, "a.png") is None
