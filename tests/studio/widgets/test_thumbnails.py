"""Small pictures: in files, in memory, and in the right order."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from studio.widgets.thumbnail_files import ThumbnailFiles
from studio.widgets.thumbnail_loader import ThumbnailLoader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def picture(folder: Path, name: str, size: tuple[int, int] = (900, 600), alpha: int = 255) -> str:
    form = QImage.Format.Format_ARGB32 if alpha < 255 else QImage.Format.Format_RGB32
    image = QImage(*size, form)
    image.fill(QColor(51, 102, 204, alpha))
    path = str(folder / name)
    assert image.save(path)
    return path


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def files(tmp_path: Path, qapp: object) -> ThumbnailFiles:
    return ThumbnailFiles(tmp_path / "cache")


def test_the_second_time_the_picture_itself_is_not_decoded(
    files: ThumbnailFiles, tmp_path: Path
) -> None:
    path = picture(tmp_path, "a.png")
    first = files.read(path, QSize(150, 100))
    assert first.size() == QSize(150, 100)
    (small,) = kept(tmp_path / "cache")
    assert QImage(str(small)).width() == 256
    red = QImage(256, 171, QImage.Format.Format_RGB32)
    red.fill(QColor("#ff0000"))
    assert red.save(str(tmp_path / "red.jpg"))
    (tmp_path / "red.jpg").replace(small)
    again = files.read(path, QSize(90, 60))
    assert again.pixelColor(45, 30).red() > 240


def test_a_changed_file_is_read_anew(files: ThumbnailFiles, tmp_path: Path) -> None:
    path = picture(tmp_path, "a.png")
    files.read(path, QSize(150, 100))
    picture(tmp_path, "a.png", (600, 900))
    os.utime(path, ns=(1, 1))
    assert files.read(path, QSize(100, 150)).size() == QSize(100, 150)
    assert len(kept(tmp_path / "cache")) == 2


def test_a_small_or_a_very_large_one_is_not_kept(files: ThumbnailFiles, tmp_path: Path) -> None:
    assert files.read(picture(tmp_path, "s.png", (64, 64)), QSize(150, 150)).width() == 150
    assert files.read(picture(tmp_path, "l.png", (1500, 900)), QSize(900, 540)).width() == 900
    assert kept(tmp_path / "cache") == []


def test_what_shows_through_goes_on_showing_through(files: ThumbnailFiles, tmp_path: Path) -> None:
    path = picture(tmp_path, "a.png", alpha=100)
    for _ in range(2):
        assert files.read(path, QSize(150, 100)).pixelColor(10, 10).alpha() == pytest.approx(100, 2)
    assert len(kept(tmp_path / "cache")) == 1


def test_no_picture_is_null(files: ThumbnailFiles, tmp_path: Path) -> None:
    (tmp_path / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert files.read(str(tmp_path / "torn.png"), QSize(10, 10)).isNull()
    assert files.read(str(tmp_path / "gone.png"), QSize(10, 10)).isNull()


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, qapp: object) -> None:
    cache = tmp_path / "cache"
    ThumbnailFiles(cache).read(picture(tmp_path, "probe.png"), QSize(150, 100))
    each = kept(cache)[0].stat().st_size
    files = ThumbnailFiles(cache, limit_bytes=4 * each + 1)
    paths = [picture(tmp_path, f"{number}.png") for number in range(4)]
    for path in paths:
        files.read(path, QSize(150, 100))
    assert len(kept(cache)) == 3, "80 % of what is allowed"
    before = {file.name for file in kept(cache)}
    files.read(paths[-1], QSize(150, 100))
    assert {file.name for file in kept(cache)} == before, "the newest is still there"


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    files = ThumbnailFiles(tmp_path / "cache")
    path = picture(tmp_path, "a.png")
    assert [files.read(path, QSize(150, 100)).width() for _ in range(2)] == [150, 150]


# ---- in memory ----------------------------------------------------------------------------------


@pytest.fixture
def loader(qtbot: QtBot, files: ThumbnailFiles) -> Iterator[ThumbnailLoader]:
    made = ThumbnailLoader(files)
    yield made
    made.finish()


class Gate:
    """Reads a picture only when the test opens its way."""

    def __init__(self, files: ThumbnailFiles) -> None:
        self._files = files
        self.open: defaultdict[str, threading.Event] = defaultdict(threading.Event)

    def read(self, path: str, size: QSize) -> QImage:
        self.open[path].wait(timeout=30)
        return self._files.read(path, size)


def test_what_is_wanted_comes_in_its_order(
    qtbot: QtBot, files: ThumbnailFiles, tmp_path: Path
) -> None:
    paths = [picture(tmp_path, f"{number}.png", (300, 300)) for number in range(6)]
    gate = Gate(files)
    loader = ThumbnailLoader(gate)
    told: list[str] = []
    loader.loaded.connect(told.append)
    size = QSize(100, 100)
    loader.want((path, size) for path in paths)
    loader.want((path, size) for path in reversed(paths[2:]))  # scrolled on
    # One of the two threads goes on, the other one stands before the second picture.
    in_order = [paths[0], *reversed(paths[2:]), paths[1]]
    for path in in_order:
        gate.open[path].set()
        qtbot.waitUntil(partial(told.__contains__, path))
    assert told == in_order
    loader.finish()
    image = loader.image(paths[0], size)
    assert image is not None
    assert image.size() == size
    assert loader.image(paths[0], QSize(50, 50)) is None
    assert loader.nearest(paths[0]) is image or loader.nearest(paths[0]) == image


def test_what_has_passed_is_not_read(qtbot: QtBot, files: ThumbnailFiles, tmp_path: Path) -> None:
    paths = [picture(tmp_path, f"{number}.png", (300, 300)) for number in range(6)]
    gate = Gate(files)
    loader = ThumbnailLoader(gate)
    told: list[str] = []
    loader.loaded.connect(told.append)
    loader.want((path, QSize(100, 100)) for path in paths)
    loader.want([(paths[5], QSize(100, 100))])
    for path in (paths[0], paths[5], paths[1]):
        gate.open[path].set()
        qtbot.waitUntil(partial(told.__contains__, path))
    loader.finish()
    assert set(gate.open) == {*paths[:2], paths[5]}


def test_memory_is_bounded_and_broken_files_are_told(
    qtbot: QtBot, files: ThumbnailFiles, tmp_path: Path
) -> None:
    loader = ThumbnailLoader(files, limit_bytes=100 * 100 * 4 * 2)
    paths = [picture(tmp_path, f"{number}.png", (300, 300)) for number in range(4)]
    (tmp_path / "torn.png").write_bytes(b"no")
    paths.append(str(tmp_path / "torn.png"))
    failed: list[str] = []
    loader.failed.connect(failed.append)
    loader.want((path, QSize(100, 100)) for path in paths)
    qtbot.waitUntil(lambda: bool(failed))
    loader.finish()
    assert loader.is_broken(paths[-1])
    qtbot.waitUntil(lambda: loader.held_bytes == 100 * 100 * 4 * 2)
    last = next(path for path in reversed(paths) if loader.nearest(path))
    loader.forget(last)
    assert loader.nearest(last) is None
    assert loader.held_bytes == 100 * 100 * 4
