from __future__ import annotations

import errno
import json
import os
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import export
from studio.document.assets import Asset
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.document.export import export_project
from studio.document.opening import new_project
from tests.document.making import PICTURE, make_file


def _save(root: Path, file: Path, *documents: Document, assets: tuple[Asset, ...] = ()) -> Path:
    with closing(new_project(root)) as project:
        project.apply(Change(puts=documents, assets=assets))
        project.save_as(file)
    return file


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_project_becomes_plain_files(root: Path, file: Path, tmp_path: Path) -> None:
    exported = export_project(make_file(root, file), tmp_path / "out")
    files = _files(tmp_path / "out")
    assert exported.folder == tmp_path / "out"
    assert sorted(exported.files) == sorted(files)
    picture = f"assets/{PICTURE.hash}.png"
    assert set(files) == {
        "project.json",
        "documents/card/mara.json",
        "documents/card/owl.json",
        picture,
    }
    assert files[picture] == PICTURE.data
    assert files["documents/card/owl.json"].decode() == '{\n  "text": "Grüße, 帽子"\n}\n'
    about = json.loads(files["project.json"])
    assert about["schema_version"] == 1
    assert about["documents"]["owl"] == {"file": "documents/card/owl.json", "kind": "card"}
    assert about["assets"][PICTURE.hash]["file"] == picture
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out", "state"]


def test_media_types_become_suffixes(root: Path, file: Path, tmp_path: Path) -> None:
    assets = (
        Asset.from_bytes(b"lore", "text/plain"),
        Asset.from_bytes(b"\xff\xd8\xff jpeg"),
        Asset.from_bytes(b"anything"),
    )
    pointing = Document.make("a", "card", {"all": [asset.hash for asset in assets]})
    export_project(_save(root, file, pointing, assets=assets), tmp_path / "out")
    suffixes = {path.name: path.suffix for path in (tmp_path / "out" / "assets").iterdir()}
    assert sorted(suffixes.values()) == [".bin", ".jpg", ".txt"]


KEYS = st.text(min_size=1, max_size=120) | st.sampled_from(
    ["..", "../../up", "/etc/passwd", "C:\\x", "con", "NUL", "a\0b", ".", "~", "x" * 400, "é", "é"]
)


@given(st.lists(st.tuples(KEYS, KEYS), max_size=8, unique_by=lambda pair: pair[0]))
def test_names_are_safe_short_and_different(pairs: list[tuple[str, str]]) -> None:
    names = export._names(Document(key, kind, "{}") for key, kind in pairs)
    assert set(names) == {key for key, _ in pairs}
    assert len({name.casefold() for name in names.values()}) == len(names)
    for name in names.values():
        folder, kind, file = name.split("/")
        assert folder == "documents"
        for part in (kind, file.removesuffix(".json")):
            assert part
            assert len(part.encode()) < 250
            assert not set(part) & set('\\:*?"<>|\0.')
            assert part.isprintable()
            assert part.lower() not in {"con", "nul", "aux", "prn", "com1"}


def test_hostile_keys_stay_inside(root: Path, file: Path, tmp_path: Path) -> None:
    documents = [
        Document(key, kind, "{}")
        for key, kind in (("../../up", ".."), ("/etc/x", "/"), ("A", "k"), ("a", "k"))
    ]
    out = tmp_path / "deep" / "out"
    out.parent.mkdir()
    exported = export_project(_save(root, file, *documents), out)
    assert len(exported.files) == 5
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "state", "deep"}


def test_what_python_cannot_read_is_exported_as_it_is(
    root: Path, file: Path, tmp_path: Path
) -> None:
    text = '{"a": 1e999}'
    export_project(_save(root, file, Document("a", "k", text)), tmp_path / "out")
    assert (tmp_path / "out/documents/k/a.json").read_text(encoding="utf-8") == text


def test_other_files_in_the_folder(root: Path, file: Path, tmp_path: Path) -> None:
    make_file(root, file)
    out = tmp_path / "out"
    out.mkdir()
    export_project(file, out)
    (out / "own.txt").write_text("own", encoding="utf-8")
    (out / "documents/card/owl.json").write_text("changed", encoding="utf-8")
    with pytest.raises(ProjectError, match="“out” holds other files"):
        export_project(file, out)
    assert (out / "documents/card/owl.json").read_text(encoding="utf-8") == "changed"
    export_project(file, out, force=True)
    assert (out / "own.txt").read_text(encoding="utf-8") == "own"
    assert "Grüße" in (out / "documents/card/owl.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("link", ["documents", "documents/card", "documents/card/owl.json"])
def test_links_in_the_folder_are_not_followed(
    root: Path, file: Path, tmp_path: Path, link: str
) -> None:
    make_file(root, file)
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(elsewhere)
    with pytest.raises(ProjectError, match="holds a link"):
        export_project(file, out, force=True)
    assert list(elsewhere.iterdir()) == []
    assert "project.json" not in _files(out)


def test_places_that_are_none(root: Path, file: Path, tmp_path: Path) -> None:
    make_file(root, file)
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    for folder in ("taken", "none/out"):
        with pytest.raises(ProjectError) as error:
            export_project(file, tmp_path / folder)
        assert error.value.code == "bad_folder"
    with pytest.raises(ProjectError, match="is no Fabula project"):
        export_project(tmp_path / "taken", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_nothing_half_written(
    root: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    make_file(root, file)
    before = _files(tmp_path)
    monkeypatch.setattr(export, "write_json", full)
    with pytest.raises(ProjectError, match="“out” could not be written: the disk is full"):
        export_project(file, tmp_path / "out")
    assert _files(tmp_path) == before
    assert not (tmp_path / "out").exists()
