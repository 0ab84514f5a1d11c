from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from studio.cli import outputs


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A castle, on a BLUE background!", "a-castle-on-a-blue-background"),
        ("帽子 と fox", "帽子-と-fox"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "picture"),
        ("word " * 40, "word-word-word-word-word-word-word-word"),
    ],
)
def test_slug(text: str, name: str) -> None:
    assert outputs.slug(text) == name


def test_free_name_adds_the_first_free_number(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    assert outputs.free_name(path) == path
    path.touch()
    (tmp_path / "a-2.png").touch()
    assert outputs.free_name(path) == tmp_path / "a-3.png"


def test_numbered_only_where_there_are_many() -> None:
    path = Path("a.png")
    assert outputs.numbered(path, 0, 1) == path
    assert outputs.numbered(path, 2, 8) == Path("a-03.png")
    assert outputs.numbered(path, 2, 500) == Path("a-003.png")


def test_move_whole_crosses_file_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    real = os.replace

    def replace(one: Path, other: Path) -> None:
        if Path(one) == source:
            raise OSError(errno.EXDEV, "another file system")
        real(one, other)

    monkeypatch.setattr(os, "replace", replace)
    outputs.move_whole(source, target)
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_move_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")

    def full(_one: Path, _other: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        outputs.move_whole(source, target)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
