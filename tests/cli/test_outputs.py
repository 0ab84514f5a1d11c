from __future__ import annotations

from pathlib import Path

from studio.cli import outputs


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
