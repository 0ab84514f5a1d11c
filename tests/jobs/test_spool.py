from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.jobs.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_for_each_job_until_it_is_removed(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    folder = spool.folder_for("a")
    (folder / "part").touch()
    assert spool.folder_for("a") == folder
    spool.remove("a")
    assert not folder.exists()


def test_a_picture_the_library_did_not_take_is_not_removed(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    picture = spool.folder_for("a") / "0000.png"
    picture.touch()
    spool.remove("a")
    spool.sweep((), ())
    assert list(spool.finished()) == [("a", picture)]


def test_inputs_are_kept_by_content(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    first, second = tmp_path / "a" / "fox.PNG", tmp_path / "b" / "fox.PNG"
    for path in (first, second):
        path.parent.mkdir()
        path.write_bytes(b"same")
    kept = spool.keep_input(first)
    assert kept == spool.keep_input(second) == spool.keep_input(kept)
    assert kept.name == "fox.PNG", "a sentence about it must say which one it is"
    first.write_bytes(b"other")
    assert spool.keep_input(first) != kept
    assert kept.read_bytes() == b"same"


def test_an_input_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Spool(tmp_path).keep_input(tmp_path / "gone.png")


def test_sweep_leaves_only_what_belongs_to_a_job(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    for name in ("a", "b"):
        spool.folder_for(name)
    source = tmp_path / "x.png"
    kept = []
    for text in (b"1", b"2"):
        source.write_bytes(text)
        kept.append(spool.keep_input(source))
    spool.sweep(["a"], [str(kept[0])])
    assert [path.name for path in (tmp_path / "spool" / "jobs").iterdir()] == ["a"]
    assert (kept[0].exists(), kept[1].exists()) == (True, False)
