from __future__ import annotations

import errno
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.library_files import (
    adopt,
    fingerprint,
    move_back,
    pictures_below,
    slug,
    without_number,
)

DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Pictures" / "Fabula"


def _spooled(tmp_path: Path, content: bytes = b"picture", name: str = "0.png") -> Path:
    path = tmp_path / "spool" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A (red:1.2) fox, <lora:x:0.8>", "a-red-1-2-fox-lora-x-0-8"),
        ("帽子 と 猫", "帽子-と-猫"),
        ("हिन्दी", "हिन्दी"),
        ("../../etc/passwd", "etc-passwd"),
        ("  \n\0 ", "picture"),
        ("a castle on a blue background, many towers", "a-castle-on-a-blue-background-many"),
        ("x" * 60, "x" * 40),
    ],
)
def test_names_are_made_of_the_words(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_text_without_words_has_the_name_that_is_wished() -> None:
    assert (slug("!", "place"), slug("a!", "place")) == ("place", "a")


@given(st.text())
def test_every_text_makes_a_short_safe_name(text: str) -> None:
    name = slug(text)
    assert 0 < len(name) <= 40
    assert not set(name) & set('/\\:*?"<>|. \0\n')
    name.encode()


def test_pictures_are_numbered_by_day(tmp_path: Path, folder: Path) -> None:
    paths = [adopt(folder, _spooled(tmp_path), text, DAY) for text in ("a fox", "an owl", "a fox")]
    assert [path.relative_to(folder).as_posix() for path in paths] == [
        "2026-11-24/0001-a-fox.png",
        "2026-11-24/0002-an-owl.png",
        "2026-11-24/0003-a-fox.png",
    ]
    assert paths[0].read_bytes() == b"picture"
    assert not list((tmp_path / "spool").iterdir())


def test_numbers_go_on_after_gaps_and_past_four_digits(tmp_path: Path, folder: Path) -> None:
    day = folder / "2026-11-24"
    day.mkdir(parents=True)
    (day / "9999-x.jpg").touch()
    (day / "notes.txt").touch()
    assert adopt(folder, _spooled(tmp_path), "fox", DAY).name == "10000-fox.png"


def test_nothing_is_overwritten(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = adopt(folder, _spooled(tmp_path, b"first"), "fox", DAY)
    # As if another process took the name after this one looked.
    monkeypatch.setattr("studio.library_files.os.scandir", lambda folder: [])
    second = adopt(folder, _spooled(tmp_path, b"second"), "fox", DAY)
    assert second != first
    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")


def test_many_threads_adopt_at_once(tmp_path: Path, folder: Path) -> None:
    sources = [_spooled(tmp_path, bytes([number]), f"{number}.png") for number in range(40)]
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not sources:
                    return
                source = sources.pop()
            adopt(folder, source, "fox", DAY)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    contents = [path.read_bytes() for path in pictures_below(folder)]
    assert sorted(contents) == [bytes([number]) for number in range(40)]


def test_a_library_on_another_file_system_gets_a_copy(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _spooled(tmp_path)
    os.utime(source, (1_000, 1_000))
    replace = os.replace

    def far(old: Path, new: Path) -> None:
        if old == source:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        replace(old, new)

    monkeypatch.setattr("pipelines.atomic.os.replace", far)
    path = adopt(folder, source, "fox", DAY)
    assert path.read_bytes() == b"picture"
    assert path.stat().st_mtime == 1_000
    assert not source.exists()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("crossing", [False, True])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failing_move_leaves_the_picture_in_the_spool(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, crossing: bool, code: int
) -> None:
    source = _spooled(tmp_path)

    def fail(old: Path, new: Path) -> None:
        raise OSError(errno.EXDEV if crossing and old == source else code, "no")

    monkeypatch.setattr("pipelines.atomic.os.replace", fail)
    with pytest.raises(OSError, match="no"):
        adopt(folder, source, "fox", DAY)
    assert source.read_bytes() == b"picture"
    assert list((folder / "2026-11-24").iterdir()) == []


def test_a_picture_that_is_not_there_leaves_no_trace(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        adopt(folder, tmp_path / "none.png", "fox", DAY)
    assert list(pictures_below(folder)) == []


def test_only_pictures_are_found(folder: Path) -> None:
    for name in ("a.png", "b/c.JPG", "d.webp", "notes.txt", ".fabula-1.part", ".hidden/e.png"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (folder / ".f.png").touch()
    assert sorted(path.name for path in pictures_below(folder)) == ["a.png", "c.JPG", "d.webp"]


def test_fingerprints_follow_content_not_name(tmp_path: Path) -> None:
    big = os.urandom(300_000)  # more than what is read of it
    contents = [b"", b"a", b"b", big, b"x" + big[1:], big[:-1] + b"\0x", big + b"x"]
    prints = []
    for number, content in enumerate(contents):
        path = tmp_path / str(number)
        path.write_bytes(content)
        prints.append(fingerprint(path))
        moved = path.rename(tmp_path / "moved")
        assert fingerprint(moved) == prints[-1]
    assert len(set(prints)) == len(contents)


def test_a_picture_comes_back_beside_another_of_its_name(tmp_path: Path, folder: Path) -> None:
    wanted = folder / "2026-11-24" / "0001-fox.png"
    for number, name in enumerate(("0001-fox.png", "0001-fox-2.png", "0001-fox-3.png")):
        source = tmp_path / "deleted"
        source.write_text(str(number))
        back = move_back(source, wanted)
        assert (back.name, back.read_text()) == (name, str(number))
        assert not source.exists()
    with pytest.raises(FileNotFoundError):
        move_back(tmp_path / "deleted", wanted)
    assert len(list(wanted.parent.iterdir())) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [("0012-harbour-at-dusk", "harbour-at-dusk"), ("1984", "1984"), ("3-foxes", "3-foxes")],
)
def test_the_number_of_the_day_is_no_part_of_a_name(name: str, words: str) -> None:
    assert without_number(name) == words
