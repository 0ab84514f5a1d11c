from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.api import PipelineError
from studio import library_rebuild
from studio.library import Entry, Folder, Library
from studio.library_rebuild import PictureFacts, RebuildRequest, rebuild

START = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Fabula"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "state" / "library.sqlite3"


@pytest.fixture
def library(folder: Path, index: Path) -> Iterator[Library]:
    with closing(Library(folder, index)) as library:
        yield library


def _picture(library: Library, number: int, batch: str = "job") -> Entry:
    """A finished picture on its way from the spool into the index."""
    spooled = library.folder.parent / "spooled.png"
    spooled.write_bytes(f"{number}\nfox {number}".encode())
    when = START + timedelta(seconds=number)
    path = library.adopt(spooled, f"fox {number}", when)
    settings = {"kind": "text_to_image", "steps": 20, "loras": [{"path": "a", "weight": 1.0}]}
    entry = Entry(path, when, 128, 64, f"fox {number}", 2**64 - 1, False, batch, settings)
    library.add(entry)
    return entry


def _read(path: Path) -> PictureFacts:
    seed, prompt = path.read_text().split("\n")
    return PictureFacts(128, 64, prompt, int(seed), settings={"read": True})


def test_an_entry_comes_back_as_it_was(library: Library, folder: Path, index: Path) -> None:
    entry = _picture(library, 1)
    assert library.get(entry.path) == entry
    library.close()
    with closing(Library(folder, index)) as again:
        assert again.recent() == [entry]
        assert again.recent()[0].made.utcoffset() is not None


def test_the_newest_come_first_page_by_page(library: Library) -> None:
    entries = [_picture(library, number) for number in range(5)]
    assert library.recent(2) == [entries[4], entries[3]]
    assert library.recent(2, offset=2) == [entries[2], entries[1]]
    assert library.recent(2, offset=9) == []


def test_a_batch_is_in_order(library: Library) -> None:
    entries = [_picture(library, number, "ab"[number % 2]) for number in range(4)]
    assert library.batch("a") == [entries[0], entries[2]]
    assert library.batch("unknown") == []


def test_pictures_are_starred(library: Library) -> None:
    one, two = _picture(library, 1), _picture(library, 2)
    assert library.keep(one.path) == replace(one, kept=True)
    assert [entry.kept for entry in library.recent()] == [False, True]
    assert library.keep(one.path, False) == one
    library.keep(two.path, True)
    library.keep(two.path, True)
    assert library.get(two.path).kept


def test_forgetting_can_be_undone(library: Library) -> None:
    entry = _picture(library, 1)
    library.keep(entry.path)
    forgotten = library.forget(entry.path)
    assert library.recent() == []
    assert entry.path.exists(), "the file is the caller's business"
    trash = entry.path.rename(library.folder.parent / "trash")
    with pytest.raises(FileNotFoundError):
        library.put_back(forgotten)
    trash.rename(entry.path)
    library.put_back(forgotten)
    assert library.recent() == [replace(entry, kept=True)]


def test_what_is_not_in_the_library_is_said(library: Library, tmp_path: Path) -> None:
    for call in (library.get, library.keep, library.forget):
        with pytest.raises(LookupError, match="fox"):
            call(library.folder / "fox.png")
        with pytest.raises(LookupError, match="elsewhere"):
            call(tmp_path / "elsewhere.png")


def test_texts_that_are_no_unicode_are_kept_as_far_as_possible(library: Library) -> None:
    entry = _picture(library, 1)
    library.add(replace(entry, prompt="a \ud800 fox", settings={"prompt": "a \ud800 fox"}))
    assert library.get(entry.path).prompt == "a ? fox"
    assert library.get(entry.path).settings == {"prompt": "a \ud800 fox"}


def test_a_full_disk_changes_nothing(library: Library) -> None:
    entry = _picture(library, 1)
    library._db.execute("PRAGMA max_page_count = 12")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        library.add(replace(entry, prompt="x" * 100_000))
    assert library.recent() == [entry]


# ---- rebuilding


def test_a_lost_index_is_made_again_from_the_pictures(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    entries = [_picture(library, number) for number in range(3)]
    for entry in entries:
        os.utime(entry.path, (entry.made.timestamp(), entry.made.timestamp()))
    told: list[tuple[int, int]] = []
    done = rebuild(RebuildRequest(folder, tmp_path / "new"), _read, lambda *now: told.append(now))
    assert (done.read, done.gone, done.unreadable) == (3, 0, ())
    assert told == [(3, 3)]
    with closing(Library(folder, tmp_path / "new")) as again:
        newest = again.recent()[0]
        assert (newest.path, newest.prompt, newest.seed) == (entries[2].path, "fox 2", 2)
        assert (newest.width, newest.height, newest.settings) == (128, 64, {"read": True})
        assert abs(newest.made - entries[2].made) < timedelta(milliseconds=1)


def test_a_rebuild_keeps_what_only_the_index_knows(
    library: Library, folder: Path, index: Path
) -> None:
    stay, move = _picture(library, 1), _picture(library, 2)
    library.keep(stay.path)
    library.keep(move.path)
    os.utime(stay.path)  # touched, so it is read again
    moved = folder / "best" / "renamed.png"
    moved.parent.mkdir()
    move.path.rename(moved)
    done = rebuild(RebuildRequest(folder, index), _read)
    assert (done.read, done.gone) == (2, 1)
    again = {entry.path: entry for entry in library.recent()}
    assert again.keys() == {stay.path, moved}
    for old, new in ((stay, again[stay.path]), (move, again[moved])):
        assert (new.kept, new.batch, new.made) == (True, "job", old.made)
        assert new.settings == {"read": True}


def test_only_new_and_changed_pictures_are_read(
    library: Library, folder: Path, index: Path
) -> None:
    unchanged, changed = _picture(library, 1), _picture(library, 2)
    changed.path.write_text("9\nowl")
    shutil.copy(unchanged.path, folder / "new.png")
    read: list[str] = []

    def recording(path: Path) -> PictureFacts:
        read.append(path.name)
        return _read(path)

    assert rebuild(RebuildRequest(folder, index), recording).read == 2
    assert sorted(read) == [changed.path.name, "new.png"]
    assert library.get(changed.path).prompt == "owl"
    assert rebuild(RebuildRequest(folder, index), recording).read == 0


def test_deleted_pictures_leave_the_index(library: Library, folder: Path, index: Path) -> None:
    entries = [_picture(library, number) for number in range(2)]
    library.keep(entries[0].path)
    away = entries[0].path.rename(folder.parent / "away.png")
    assert rebuild(RebuildRequest(folder, index), _read).gone == 1
    assert library.recent() == [entries[1]]
    away.rename(entries[0].path)
    rebuild(RebuildRequest(folder, index), _read)
    assert library.get(entries[0].path).kept, "back from the trash with its star"


@pytest.mark.parametrize(
    "error",
    [
        PipelineError("bad_picture", "This is no picture."),
        OSError(errno.EIO, "bad sector"),
        ValueError("nonsense"),
    ],
)
def test_files_that_cannot_be_read_are_named_and_left_alone(
    library: Library,
    folder: Path,
    index: Path,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    good = _picture(library, 1)
    bad = folder / "bad.png"
    bad.write_bytes(b"")

    def read(path: Path) -> PictureFacts:
        if path == bad:
            raise error
        return _read(path)

    done = rebuild(RebuildRequest(folder, index), read)
    assert done.unreadable == (bad,)
    assert bad.exists()
    assert library.recent() == [good]
    assert "bad.png" in caplog.text


@pytest.mark.parametrize(
    "facts",
    [
        PictureFacts(1, 1, settings={"cfg": float("nan")}),
        PictureFacts(1, 1, prompt="\udcff", seed=10**30),
    ],
)
def test_odd_metadata_does_not_stop_a_rebuild(
    library: Library, folder: Path, index: Path, facts: PictureFacts
) -> None:
    folder.mkdir()
    (folder / "odd.png").touch()
    (folder / os.fsdecode(b"no unicode \xff.png")).touch()
    done = rebuild(RebuildRequest(folder, index), lambda path: facts)
    assert done.read + len(done.unreadable) == 2
    assert len(library.recent()) == done.read


def test_a_drive_that_is_not_plugged_in_empties_nothing(
    library: Library, folder: Path, index: Path
) -> None:
    entry = _picture(library, 1)
    folder.rename(folder.with_name("unplugged"))
    rebuild(RebuildRequest(folder, index), _read)
    assert library.recent() == [replace(entry, missing=True)]
    folder.with_name("unplugged").rename(folder)
    assert rebuild(RebuildRequest(folder, index), _read).read == 0
    assert library.recent() == [entry]


def test_what_the_window_does_meanwhile_is_kept(
    library: Library, folder: Path, index: Path
) -> None:
    first, second = _picture(library, 1), _picture(library, 2)
    library.forget(first.path)
    library.forget(second.path)

    def read(path: Path) -> PictureFacts:
        facts = _read(path)
        if path == first.path:
            library.add(replace(first, kept=True))
        else:
            second.path.unlink()
        return facts

    rebuild(RebuildRequest(folder, index), read)
    (entry,) = library.recent()
    assert (entry.path, entry.kept, entry.batch) == (first.path, True, "job")
    assert entry.made == first.made


def test_a_rebuild_that_is_stopped_is_completed_by_the_next(
    library: Library, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_rebuild, "_AT_ONCE", 2)
    for number in range(5):
        library.forget(_picture(library, number).path)

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(RebuildRequest(folder, index), _read, stop)
    assert len(library.recent()) == 4
    assert rebuild(RebuildRequest(folder, index), _read).read == 1
    assert len(library.recent()) == 5


def test_an_unusable_index_is_set_aside(library: Library, folder: Path, index: Path) -> None:
    entry = _picture(library, 1)
    library.keep(entry.path)
    library.close()
    index.write_bytes(b"garbage" * 1_000)
    with closing(Library(folder, index)) as again:
        assert again.recent() == []
        rebuild(RebuildRequest(folder, index), _read)
        assert again.get(entry.path).kept
    assert index.with_name("library.sqlite3.broken-1").exists()


# ---- folders that were added


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder of another program, with two pictures in it."""
    made = tmp_path / "outputs"
    (made / "txt2img").mkdir(parents=True)
    (made / "txt2img" / "a.png").write_text("7\nowl")
    (made / "b.png").write_text("8\nfox")
    return made


def test_an_added_folder_is_shown_where_it_lies(
    library: Library, folder: Path, index: Path, theirs: Path
) -> None:
    ours = _picture(library, 1)
    before = {path: path.stat() for path in theirs.rglob("*")}
    assert rebuild(RebuildRequest(folder, index, (theirs,)), _read).read == 2
    assert {path: path.stat() for path in theirs.rglob("*")} == before, "nothing was touched"
    owl = library.get(theirs / "txt2img" / "a.png")
    assert (owl.prompt, owl.seed, owl.source) == ("owl", 7, theirs.as_posix())
    assert library.folders() == [Folder(theirs, 2, missing=False)]
    assert library.recent() == [ours], "nobody drew the others here"
    library.keep(owl.path)
    assert rebuild(RebuildRequest(folder, index), _read).gone == 0
    assert library.folders() == [], "the folder is forgotten"
    with pytest.raises(LookupError):
        library.get(owl.path)
    rebuild(RebuildRequest(folder, index, (theirs,)), _read)
    assert library.get(owl.path).kept, "its star was not"


@pytest.mark.parametrize("empty", [True, False])
def test_an_added_folder_that_is_unplugged_is_marked(
    library: Library, folder: Path, index: Path, theirs: Path, empty: bool
) -> None:
    request = RebuildRequest(folder, index, (theirs,))
    rebuild(request, _read)
    theirs.rename(theirs.with_name("unplugged"))
    if empty:
        theirs.mkdir()  # where a drive is mounted
    assert rebuild(request, _read).gone == 0
    assert library.get(theirs / "b.png").missing
    assert library.folders() == [Folder(theirs, 2, missing=True)]
    if empty:
        theirs.rmdir()
    theirs.with_name("unplugged").rename(theirs)
    (theirs / "b.png").unlink()
    done = rebuild(request, _read)
    assert (done.read, done.gone) == (0, 1), "what is gone from a folder that is there is gone"
    assert library.folders() == [Folder(theirs, 1, missing=False)]


def test_a_folder_around_the_library_leaves_that_out(
    library: Library, folder: Path, index: Path
) -> None:
    ours = _picture(library, 1)
    (folder.parent / "more.png").write_text("3\nfrog")
    request = RebuildRequest(folder, index, (folder.parent, folder))
    assert rebuild(request, _read).read == 1
    assert library.get(ours.path).source == ""
    assert library.get(folder.parent / "more.png").source == folder.parent.as_posix()
    assert rebuild(request, _read).read == 0


def test_a_long_rebuild_takes_turns(
    library: Library, folder: Path, index: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_rebuild, "_AT_ONCE", 1)
    request = RebuildRequest(folder, index, (theirs,), seconds=0)
    first = rebuild(request, _read)
    assert (first.read, first.finished) == (1, False)
    second = rebuild(request, _read)
    assert (second.read, second.finished) == (1, True)


def test_tools_by_number(library: Library, folder: Path, index: Path, theirs: Path) -> None:
    facts = {"a.png": PictureFacts(8, 8, tool="comfyui"), "b.png": PictureFacts(8, 8, tool="a1111")}
    (theirs / "c.png").write_text("c")
    (theirs / "d.png").write_text("d")
    rebuild(
        RebuildRequest(folder, index, (theirs,)),
        lambda path: facts.get(path.name, PictureFacts(8, 8, tool="a1111")),
    )
    assert library.tools() == [("a1111", 3), ("comfyui", 1)]
