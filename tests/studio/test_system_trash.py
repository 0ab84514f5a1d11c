"""Files and folders go to the system's trash, in a home of the test's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.system_trash import to_trash

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "not there yet"))


def test_one_file_goes_and_its_neighbours_stay(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.safetensors").write_text(name)
    place = to_trash(folder / "a.safetensors")
    assert place.read_text() == "a"
    assert [path.name for path in folder.iterdir()] == ["b.safetensors"]


def test_what_is_not_there_is_an_error(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="“gone” could not be moved"):
        to_trash(tmp_path / "gone")
