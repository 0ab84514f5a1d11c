from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.document.assets import Asset
from studio.document.documents import Change, Changes, Document
from studio.document.errors import ProjectError
from studio.document.opening import open_project
from studio.document.recovery import find_recoverable, reopen
from tests.document.making import PICTURE, card, crashed, make_file, put, with_picture

if TYPE_CHECKING:
    from studio.document.project import Project


def _committed(root: Path, into: Path) -> dict[str, Document]:
    """What is there after a crash at this moment."""
    (found,) = find_recoverable(crashed(root, into))
    with closing(reopen(found)) as project:
        return dict(project.documents)


def test_a_change_is_on_the_disk_when_apply_returns(
    project: Project, root: Path, tmp_path: Path
) -> None:
    put(project, "mara", age=30)
    assert _committed(root, tmp_path / "1") == {"mara": card("mara", age=30)}
    project.apply(Change(puts=(card("owl"),), deletes=("mara",)))
    assert _committed(root, tmp_path / "2") == {"owl": card("owl")}


def test_commits_reach_the_disk_itself(project: Project) -> None:
    assert project._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert project._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_inverse_undoes_byte_for_byte(project: Project) -> None:
    odd = Document("odd", "from-the-future", '{ "b" : 1.50,"a":"\\u0041" }')
    project.apply(Change(puts=(odd, card("mara", age=30))))
    undo = project.apply(
        Change(puts=(odd.updated(b=2), card("owl")), deletes=("mara",)), by="a view"
    )
    redo = project.apply(undo)
    assert dict(project.documents) == {"odd": odd, "mara": card("mara", age=30)}
    project.apply(redo)
    assert project.documents["odd"].data == {"a": "A", "b": 2}
    assert set(project.documents) == {"odd", "owl"}


def test_observers_hear_what_changed_and_by_whom(project: Project) -> None:
    told = list[tuple[Changes, object]]()
    put(project, "mara", age=30)
    put(project, "owl")
    project.observe(lambda changes, by: told.append((changes, by)))
    place = Document.make("pier", "place", {})
    project.apply(Change(puts=(card("mara", age=31), place), deletes=("owl",)), by=told)
    ((changes, by),) = told
    assert by is told
    assert changes == Changes(
        revision=3,
        added=frozenset({"pier"}),
        updated=frozenset({"mara"}),
        removed=frozenset({"owl"}),
        kinds=frozenset({"card", "place"}),
    )


def test_what_changes_nothing_is_no_change(project: Project) -> None:
    put(project, "mara", age=30)
    told = list[Changes]()
    project.observe(lambda changes, by: told.append(changes))
    assert put(project, "mara", age=30) == Change()
    assert (project.revision, told) == (1, [])


def test_a_change_that_contradicts_itself_is_refused(project: Project) -> None:
    put(project, "mara")
    for change in (
        Change(puts=(card("owl"), card("owl", a=1))),
        Change(puts=(card("mara", a=1),), deletes=("mara",)),
        Change(deletes=("mara", "mara")),
    ):
        with pytest.raises(ValueError, match="twice"):
            project.apply(change)
    with pytest.raises(LookupError, match="no document nobody"):
        project.apply(Change(puts=(card("owl"),), deletes=("nobody",)))
    assert dict(project.documents) == {"mara": card("mara")}
    assert project.revision == 1


def test_a_change_that_cannot_be_stored_has_not_happened(
    project: Project, root: Path, tmp_path: Path
) -> None:
    put(project, "mara")
    told = list[Changes]()
    project.observe(lambda changes, by: told.append(changes))
    (pages,) = project._db.execute("PRAGMA page_count").fetchone()
    project._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    big = Asset.from_bytes(bytes(100_000))
    with pytest.raises(ProjectError, match="could not be stored: the disk is full") as error:
        project.apply(Change(puts=(card("owl"),), deletes=("mara",), assets=(big,)))
    assert (error.value.code, bool(error.value.hint)) == ("disk_full", True)
    assert (dict(project.documents), project.revision, told) == ({"mara": card("mara")}, 1, [])
    project._db.execute("PRAGMA max_page_count = 1000000")
    put(project, "owl")
    assert set(_committed(root, tmp_path / "later")) == {"mara", "owl"}


def test_assets_are_stored_once_and_come_back(project: Project) -> None:
    project.apply(with_picture("mara"))
    project.apply(with_picture("owl"))
    assert project.asset(PICTURE.hash) == PICTURE
    assert project._db.execute("SELECT count(*) FROM asset").fetchone() == (1,)
    with pytest.raises(LookupError):
        project.asset("0" * 64)


def test_an_asset_can_be_stored_ahead_in_another_thread(project: Project) -> None:
    thread = threading.Thread(target=project.store, args=(PICTURE,))
    thread.start()
    thread.join()
    assert (project.asset(PICTURE.hash), project.revision) == (PICTURE, 0)


def test_a_damaged_asset_is_noticed(project: Project) -> None:
    project.store(PICTURE)
    project._db.execute("UPDATE asset SET data = zeroblob(size)")
    with pytest.raises(ProjectError, match="damaged"):
        project.asset(PICTURE.hash)


def test_dirty_until_saved(project: Project, file: Path) -> None:
    assert (project.dirty, project.name, project.path) == (False, "Untitled", None)
    put(project, "mara")
    assert project.dirty
    project.save_as(file)
    assert (project.dirty, project.name, project.path) == (False, "harbour", file)
    put(project, "mara", age=1)
    assert project.dirty
    project.save()
    assert not project.dirty


def test_without_a_name_there_is_no_place_to_save(project: Project) -> None:
    for attempt in (project.save, project.read):
        with pytest.raises(ProjectError) as error:
            attempt()
        assert error.value.code == "untitled"


def test_revert_goes_back_to_the_file_and_can_be_undone(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        saved = dict(project.documents)
        project.apply(Change(puts=(card("owl", text="new"), card("fox")), deletes=("mara",)))
        edited = dict(project.documents)
        undo = project.revert(project.read())
        assert (dict(project.documents), project.dirty) == (saved, False)
        project.apply(undo)
        assert (dict(project.documents), project.dirty) == (edited, True)


def test_revert_without_a_difference_is_clean_too(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        project.apply(put(project, "fox"))
        assert project.dirty
        project.revert(project.read())
        assert not project.dirty
    assert find_recoverable(root) == []


def test_documents_are_found_by_kind(project: Project) -> None:
    project.apply(Change(puts=(card("mara"), Document.make("pier", "place", {}))))
    assert project.of_kind("card") == [card("mara")]
    assert project.of_kind("shot") == []


def test_the_documents_cannot_be_changed_from_outside(project: Project) -> None:
    with pytest.raises(TypeError):
        project.documents["mara"] = card("mara")  # type: ignore[index]


def test_a_clean_project_leaves_nothing_behind(root: Path, file: Path) -> None:
    make_file(root, file)
    assert [path.name for path in root.iterdir()] == ["lock"]
    assert list(file.parent.iterdir()) == [file]


def test_what_the_file_does_not_have_any_more_is_kept(root: Path, file: Path) -> None:
    project = open_project(make_file(root, file), root)
    file.unlink()
    project.close()
    (found,) = find_recoverable(root)
    assert found.differences.added == ("mara", "owl")
