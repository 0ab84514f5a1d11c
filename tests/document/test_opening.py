from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studio.document import schema
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.document.opening import new_project, open_copy, open_project
from studio.document.recovery import discard, find_recoverable
from studio.document.schema import NEWEST
from tests.document.making import PICTURE, card, make_file, put, tear

HOLD = """
import sys
from pathlib import Path
from studio.document.opening import open_project
project = open_project(Path(sys.argv[1]), Path(sys.argv[2]))
print(project.read_only, flush=True)
sys.stdin.read()
"""


def _alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def _listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_saved_project_opens_as_it_was(root: Path, file: Path) -> None:
    before = make_file(root, file).read_bytes()
    with closing(open_project(file, root)) as project:
        assert project.documents["owl"] == card("owl", text="Grüße, 帽子")
        assert project.asset(PICTURE.hash) == PICTURE
        assert (project.read_only, project.dirty, project.path) == (None, False, file)
        put(project, "owl", text="x")
    assert file.read_bytes() == before


def test_a_file_with_an_odd_name_opens(root: Path, tmp_path: Path) -> None:
    for name in ("50 % ?#&帽子.fabula", os.fsdecode(b"\xff.fabula")):
        file = make_file(root, tmp_path / name)
        with closing(open_project(file, root)) as project:
            assert project.name == Path(name).stem
            put(project, "fox")
        (found,) = find_recoverable(root)
        assert found.path == file
        discard(found)


def test_a_link_leads_to_the_project_and_stays(root: Path, file: Path) -> None:
    link = file.with_name("link.fabula")
    link.symlink_to(make_file(root, file))
    with closing(open_project(link, root)) as project:
        put(project, "fox")
        project.save()
        assert project.path == file
    assert link.is_symlink()
    assert not file.is_symlink()


def test_documents_of_an_unknown_kind_are_kept_byte_for_byte(root: Path, file: Path) -> None:
    text = '{ "z":1.50, "a" : [ 1e2, "\\u00e9", "\\ud800" ] , "a": 2}'
    with closing(new_project(root)) as project:
        project.apply(Change(puts=(Document("later", "hologram/3", text),)))
        project.save_as(file)
    with closing(open_project(file, root)) as project:
        assert project.documents["later"] == Document("later", "hologram/3", text)
        put(project, "mara")
        project.save()
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT json FROM doc WHERE key = 'later'").fetchone() == (text,)


def test_a_newer_version_is_read_and_not_changed(root: Path, file: Path) -> None:
    _alter(
        make_file(root, file),
        f"PRAGMA user_version = {NEWEST + 1}",
        "ALTER TABLE doc ADD COLUMN later TEXT",
        "CREATE TABLE more (x)",
        "CREATE INDEX more_x ON more (x)",
    )
    before = _listing(file.parent)
    with closing(open_project(file, root)) as project:
        assert project.read_only is not None
        assert "newer version" in str(project.read_only)
        assert project.documents["mara"].data == {"portrait": PICTURE.hash}
        for attempt in (
            lambda: put(project, "owl"),
            lambda: project.store(PICTURE),
            project.save,
            project.read,
            lambda: project.save_as(file.with_name("other.fabula")),
        ):
            with pytest.raises(ProjectError) as error:
                attempt()
            assert error.value.code == "newer"
    assert _listing(file.parent) == before
    assert find_recoverable(root) == []


def test_an_older_version_is_lifted_and_its_file_stays(
    root: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make_file(root, file).read_bytes()
    second = ("CREATE TABLE more (x TEXT)", "UPDATE doc SET kind = 'lifted'")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    monkeypatch.setattr(schema, "NEWEST", 2)
    for module in ("recovery_database", "recovery"):
        monkeypatch.setattr(f"studio.document.{module}.MIGRATIONS", schema.MIGRATIONS)
    for module in ("recovery_database", "project_file"):
        monkeypatch.setattr(f"studio.document.{module}.NEWEST", 2)
    with closing(open_project(file, root)) as project:
        assert {document.kind for document in project.documents.values()} == {"lifted"}
        assert file.read_bytes() == before
        put(project, "fox")
        project.save()
    with closing(open_project(file, root)) as project:
        assert (project.documents["fox"].kind, project.documents["owl"].kind) == ("card", "lifted")


def _text(path: Path) -> None:
    path.write_text("no database, but long enough to be taken for one " * 20, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _foreign(path: Path) -> None:
    _alter(path, "PRAGMA application_id = 7")


def _versionless(path: Path) -> None:
    _alter(path, "PRAGMA user_version = 0")


def _trigger(path: Path) -> None:
    _alter(path, "CREATE TRIGGER t AFTER INSERT ON doc BEGIN DELETE FROM doc; END")


def _view(path: Path) -> None:
    _alter(path, "CREATE VIEW v AS SELECT * FROM doc")


def _newer_with_trigger(path: Path) -> None:
    _trigger(path)
    _alter(path, "PRAGMA user_version = 99")


def _newer_with_virtual_table(path: Path) -> None:
    _alter(path, "CREATE VIRTUAL TABLE f USING fts5(x)", "PRAGMA user_version = 99")


def _newer_without_documents(path: Path) -> None:
    _alter(path, "DROP TABLE doc", "PRAGMA user_version = 99")


def _disguised_view(path: Path) -> None:
    _alter(
        path,
        "ALTER TABLE doc RENAME TO real",
        "CREATE VIEW doc AS SELECT * FROM real",
        "PRAGMA user_version = 99",
    )


def _unchecked_bytes(path: Path) -> None:
    _alter(path, "PRAGMA ignore_check_constraints = 1", "UPDATE doc SET json = x'ff'")


def _no_utf8(path: Path) -> None:
    _alter(path, """UPDATE doc SET json = CAST(x'7b2261223a22ff227d' AS TEXT)""")


def _no_json(path: Path) -> None:
    _alter(path, "UPDATE doc SET json = 'nonsense'")


def _no_object(path: Path) -> None:
    _alter(path, "UPDATE doc SET json = '[]'")


def _no_facts(path: Path) -> None:
    _alter(path, "DELETE FROM meta")


def _bad_facts(path: Path) -> None:
    _alter(path, "UPDATE meta SET value = 'many' WHERE key = 'revision'")


def _other_mode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")


def _half_written(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"x" * 600)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_text, "foreign"),
        (_empty, "foreign"),
        (_cut, "damaged"),
        (tear, "damaged"),
        (_foreign, "foreign"),
        (_versionless, "foreign"),
        (_trigger, "foreign"),
        (_view, "foreign"),
        (_newer_with_trigger, "foreign"),
        (_newer_with_virtual_table, "foreign"),
        (_newer_without_documents, "foreign"),
        (_disguised_view, "foreign"),
        (_unchecked_bytes, "damaged"),
        (_no_utf8, "damaged"),
        (_no_json, "damaged"),
        (_no_object, "damaged"),
        (_no_facts, "damaged"),
        (_bad_facts, "damaged"),
        (_other_mode, "foreign"),
        (_half_written, "busy"),
    ],
)
def test_what_is_no_sound_project_is_refused_and_left_alone(
    root: Path, file: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(make_file(root, file))
    before, sessions = _listing(file.parent), sorted(root.iterdir())
    with pytest.raises(ProjectError) as error:
        open_project(file, root)
    assert (error.value.code, str(error.value)[-1]) == (code, ".")
    assert error.value.hint.endswith(".")
    assert _listing(file.parent) == before
    assert sorted(root.iterdir()) == sessions


def test_a_mutated_file_never_raises_anything_else(root: Path, file: Path) -> None:
    import random

    data = make_file(root, file).read_bytes()
    dice = random.Random(1)
    outcomes = set()
    for _ in range(150):
        mutated = bytearray(data)
        for _ in range(dice.choice((1, 3, 30))):
            mutated[dice.randrange(len(mutated))] = dice.randrange(256)
        file.write_bytes(mutated)
        try:
            with closing(open_project(file, root)) as project:
                [document.data for document in project.documents.values()]
                project.asset(PICTURE.hash)
            outcomes.add("opened")
        except ProjectError as error:
            outcomes.add(error.code)
        except LookupError:
            outcomes.add("no such asset")
    assert {"opened", "damaged"} <= outcomes


def test_a_missing_file_and_a_folder_are_one_sentence(root: Path, file: Path) -> None:
    with pytest.raises(ProjectError, match="could not be opened: there is no"):
        open_project(file, root)
    with pytest.raises(ProjectError, match="could not be opened: this is a folder"):
        open_project(file.parent, root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(root: Path, file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(ProjectError, match="is no Fabula project"):
        open_project(file, root)


def test_a_project_on_a_medium_that_cannot_be_written(root: Path, file: Path) -> None:
    make_file(root, file).chmod(0o444)
    file.parent.chmod(0o555)
    try:
        with closing(open_project(file, root)) as project:
            put(project, "fox")
            project.discard()
    finally:
        file.parent.chmod(0o755)


def test_a_second_opening_is_read_only_until_it_has_its_own_name(root: Path, file: Path) -> None:
    first = open_project(make_file(root, file), root)
    second = open_project(file, root)
    assert second.read_only is not None
    assert "open in another window" in str(second.read_only)
    put(first, "fox")
    first.save()
    assert set(second.documents) == {"mara", "owl"}
    for attempt in (lambda: put(second, "owl"), second.save, second.read):
        with pytest.raises(ProjectError, match="can only be read"):
            attempt()
    second.save_as(file.with_name("copy.fabula"))
    put(second, "wolf")
    second.save()
    assert second.read_only is None
    first.close()
    second.close()
    with closing(open_project(file.with_name("copy.fabula"), root)) as third:
        assert set(third.documents) == {"mara", "owl", "wolf"}
        assert third.read_only is None


def test_another_process_has_it_until_it_dies(root: Path, file: Path) -> None:
    make_file(root, file)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file), str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "None\n"
        with closing(open_project(file, root)) as project:
            assert project.read_only is not None
        with closing(new_project(root)) as other, pytest.raises(ProjectError, match="is open in"):
            other.save_as(file)
        holder.kill()
    with closing(open_project(file, root)) as project:
        assert project.read_only is None
    assert find_recoverable(root) == []


def test_a_copy_of_a_file_is_another_project(root: Path, file: Path) -> None:
    copy = file.with_name("copy.fabula")
    shutil.copy(make_file(root, file), copy)
    with closing(open_project(file, root)), closing(open_project(copy, root)) as project:
        assert project.read_only is None


def test_a_copy_has_no_name_and_nothing_to_save(root: Path, file: Path) -> None:
    make_file(root, file)
    before = file.read_bytes()
    with closing(open_copy(file, root)) as project:
        assert (project.path, project.dirty, project.read_only) == (None, False, None)
        assert project.asset(PICTURE.hash) == PICTURE
        put(project, "fox")
        project.save_as(file.with_name("mine.fabula"))
    assert file.read_bytes() == before
    with closing(open_copy(file, root)):
        pass
    assert find_recoverable(root) == []


def test_a_copy_that_was_changed_is_kept(root: Path, file: Path) -> None:
    with closing(open_copy(make_file(root, file), root)) as project:
        put(project, "fox")
    (found,) = find_recoverable(root)
    assert (found.path, set(found.differences.added)) == (None, {"fox", "mara", "owl"})
