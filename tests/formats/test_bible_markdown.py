"""The bible as a folder of Markdown files: exact both ways, and kind to people who edit it."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.api import JobCancelled
from studio.document.assets import Asset
from studio.document.bible.entry import Entry, EntryKind, Reference, Voice
from studio.document.errors import ProjectError
from studio.formats.bible_markdown import (
    LARGEST_MARKDOWN,
    read_bible_folder,
    read_markdown_file,
    write_bible_folder,
)
from studio.formats.imported_bible import ImportedBible, UnreadableError
from tests.formats.making import HOSTILE, cancel, entries, go_on, png, texts

FACE, PIER = Asset.from_bytes(png("red")), Asset.from_bytes(png("blue"))
ASSETS = {asset.hash: asset for asset in (FACE, PIER)}
MARA = Entry("aa", EntryKind.CHARACTER, "Mara", text="She *smuggles*.")

_numbers = itertools.count()


def _sorted(bible: ImportedBible) -> list[Entry]:
    return sorted(bible.entries, key=lambda entry: entry.id)


def _written(folder: Path, *made: Entry) -> Path:
    write_bible_folder(folder, made, ASSETS)
    return folder


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(entries, max_size=3, unique_by=lambda entry: entry.id), st.data())
def test_what_is_written_is_read_as_the_same(
    tmp_path: Path, made: list[Entry], data: st.DataObject
) -> None:
    hashes = st.sampled_from([FACE.hash, PIER.hash, "0" * 64])
    references = st.lists(
        st.builds(Reference, hashes, texts), max_size=3, unique_by=lambda r: r.asset
    )
    pictured = []
    for entry in made:
        shown = tuple(data.draw(references))
        portrait = data.draw(st.sampled_from(["", *(reference.asset for reference in shown)]))
        pictured.append(replace(entry, references=shown, portrait=portrait))
    if not pictured:
        return
    folder = _written(tmp_path / str(next(_numbers)), *pictured)
    bible = read_bible_folder(folder, go_on)
    assert bible.notes == ()
    assert _sorted(bible) == sorted(pictured, key=lambda entry: entry.id)
    for picture in bible.pictures:
        assert ASSETS[picture.hash] == picture


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_come_back_everywhere(tmp_path: Path, text: str) -> None:
    made = Entry(
        "aa", EntryKind.LORE, text, (text,), text, text, (text,), (text,), prompt=text,
        voice=Voice(text, (text,)), extras={text: text, "list": [text]},
    )  # fmt: skip
    assert read_bible_folder(_written(tmp_path / "b", made), go_on).entries == (made,)


def test_files_lie_where_people_look_for_them(tmp_path: Path) -> None:
    face = replace(MARA, references=(Reference(FACE.hash, "Her face"),), portrait=FACE.hash)
    names = write_bible_folder(
        tmp_path / "b",
        (
            face,
            Entry("bb", EntryKind.PLACE, "The Pier"),
            replace(MARA, id="cc", kind=EntryKind.LORE),
        ),
        ASSETS,
    )
    assert names == (
        "characters/mara-1.png",
        "characters/mara.md",
        "lore/mara.md",
        "places/the-pier.md",
    )
    assert (tmp_path / "b/characters/mara-1.png").read_bytes() == FACE.data
    assert (tmp_path / "b/characters/mara.md").read_text("utf-8") == (
        "---\nid: aa\nkind: character\nname: Mara\n"
        "pictures:\n- file: mara-1.png\n  caption: Her face\nportrait: mara-1.png\n"
        "---\n\nShe *smuggles*.\n"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_names_are_safe_on_every_system_and_differ(names: list[str]) -> None:
    from studio.formats.bible_markdown import _named

    made = [
        Entry(f"{n}", EntryKind.LORE, name)
        for n, name in enumerate([*names, "con", "MARA", "mara"])
    ]
    stems = [stem for _, stem in _named(made)]
    assert len({stem.casefold() for stem in stems}) == len(stems)
    for stem in stems:
        assert len(f"{stem}-99.webp".encode()) <= 255
        assert not stem.startswith(".")
        assert not set(stem) & set('<>:"/\\|?*\0')
        assert PureWindowsPath(f"{stem}.md").name == f"{stem}.md"
        assert stem.casefold() != "con"


def test_the_name_of_a_file_does_not_depend_on_its_neighbours(tmp_path: Path) -> None:
    twin = replace(MARA, id="bb")
    both = write_bible_folder(tmp_path / "a", (MARA, twin), {})
    turned = write_bible_folder(
        tmp_path / "b", (twin, MARA, Entry("1", EntryKind.CHARACTER, "X")), {}
    )
    assert set(both) < set(turned)


def test_a_file_edited_by_hand_is_read(tmp_path: Path) -> None:
    (tmp_path / "characters").mkdir()
    (tmp_path / "characters/face.png").write_bytes(FACE.data)
    (tmp_path / "characters/Ann.md").write_bytes(
        "\ufeff---\r\n"
        "name: 007\r\naliases: Annie, A\r\ntags:\r\n- yes\r\n- 1\r\nseed: 12\r\nalways_on: true\r\n"
        "portrait: face.png\r\nborn: 2024-05-01\r\ncssclass: wide\r\nrating: 4.5\r\nsummary:\r\n"
        "---\r\n\r\nA cook.\r\n\r\n---\r\nStill text.\r\n".encode()
    )
    bible = read_bible_folder(tmp_path, go_on)
    (ann,) = bible.entries
    assert (ann.kind, ann.name, ann.aliases) == (EntryKind.CHARACTER, "007", ("Annie", "A"))
    assert (ann.tags, ann.seed, ann.always_on) == (("yes", "1"), 12, True)
    assert (ann.summary, ann.portrait) == ("", FACE.hash)
    assert ann.references == (Reference(FACE.hash),)
    assert ann.text == "A cook.\r\n\r\n---\r\nStill text."
    assert ann.extras == {"born": "2024-05-01", "cssclass": "wide", "rating": 4.5}
    assert len(ann.id) == 12
    assert bible.notes == ()


def test_unknown_front_matter_is_written_again(tmp_path: Path) -> None:
    place = tmp_path / "lore.md"
    place.write_text("---\nid: aa\nname: X\ncssclass: wide\ndeep: {a: [1, {b: null}]}\n---\n\nY\n")
    (entry,) = read_markdown_file(place).entries
    assert entry.extras == {"cssclass": "wide", "deep": {"a": [1, {"b": None}]}}
    assert read_bible_folder(_written(tmp_path / "b", entry), go_on).entries == (entry,)
    assert "cssclass: wide" in (tmp_path / "b/lore/x.md").read_text()


def test_a_note_of_somebody_becomes_lore(tmp_path: Path) -> None:
    (tmp_path / "Ideas.md").write_text("# The flood\n\nIt rises.")
    (tmp_path / "Plain.md").write_text("Words.")
    flood, plain = read_bible_folder(tmp_path, go_on).entries
    assert (flood.kind, flood.name) == (EntryKind.LORE, "The flood")
    assert (flood.text, plain.name) == ("# The flood\n\nIt rises.", "Plain")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"---\nname: [1\n---\n", "“bad.md”, line 3: "),
        (b"---\nname: X\nseed: many\n---\n", "“bad.md”, line 3: a seed is a number"),
        (b"---\nname: X\n\norder: x\n---\n", "“bad.md”, line 4: “x” is no number."),
        (b"---\nkind: ghost\n---\n", "“bad.md”, line 2: “ghost” is no kind of entry."),
        (b"---\nname: {a: 1}\n---\n", "“bad.md”, line 2: “name” has to be a text."),
        (b"---\na: &x [1]\nb: *x\n---\n", "“bad.md”, line 3: references (*) are not read."),
        (b"---\n- a\n---\n", "“bad.md”, line 2: the front matter has no members."),
        (b"---\nportrait: no.png\n---\n", "“bad.md”, line 2: there is no picture “no.png”"),
        (b"---\nportrait: ../x.png\n---\n", "“bad.md”, line 2: there is no picture “../x.png”"),
        (b"---\nloras: [{weight: 1}]\n---\n", "“bad.md”, line 2: every item of “loras”"),
        (b"---\nvoice: [1]\n---\n", "“bad.md”, line 2: “voice” has to have"),
        (b"---\ndata: ../secret.json\n---\n", "“bad.md” names a file that does not lie beside it."),
        (b"---\ndata: none.json\n---\n", "“bad.md” needs “none.json”, which cannot be read."),
        (b"---\nx: !!python/object/apply:os.system [id]\n---\n", "“bad.md”, line 2: could not"),
        (b"\xff\xfe", "“bad.md” is not in UTF-8."),
        (b"---\nname: \x01\n---\n", "“bad.md”, line 2: the front matter is no YAML"),
        (b"---\na: " + b"[" * 5000 + b"\n---\n", "“bad.md”, line 2: the front matter is nes"),
        (b"x" * (LARGEST_MARKDOWN + 1), "“bad.md” is larger than 4 MB."),
    ],
)  # fmt: skip
def test_a_bad_file_gives_a_note_and_the_rest_is_read(
    tmp_path: Path, content: bytes, note: str
) -> None:
    (tmp_path / "bad.md").write_bytes(content)
    (tmp_path / "good.md").write_text("---\nid: aa\nname: Good\n---\n\nText.\n")
    bible = read_bible_folder(tmp_path, go_on)
    assert bible.notes[0].startswith(note)
    assert bible.entries[-1] == Entry("aa", EntryKind.LORE, "Good", text="Text.")


def test_a_copied_file_is_a_new_entry(tmp_path: Path) -> None:
    folder = _written(tmp_path / "b", MARA)
    copy = folder / "characters/mara copy.md"
    copy.write_bytes((folder / "characters/mara.md").read_bytes())
    bible = read_bible_folder(folder, go_on)
    assert len({entry.id for entry in bible.entries}) == 2
    assert bible.notes == ("“characters/mara.md” has the id of another file: it is a new entry.",)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "secret.png").write_bytes(FACE.data)
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "a.md").write_text("---\nid: aa\nportrait: p.png\n---\n\nText.\n")
    (folder / "p.png").symlink_to(tmp_path / "secret.png")
    (folder / "s.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(folder / "pipe.md")
    bible = read_bible_folder(folder, go_on)
    assert [entry.text for entry in bible.entries] == ["Text."]
    assert bible.pictures == ()
    assert len(bible.notes) == 3


def test_hidden_folders_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/x.md").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UnreadableError, match="is a folder without Markdown files"):
        read_bible_folder(tmp_path, go_on)


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    with pytest.raises(ProjectError, match="holds other files"):
        write_bible_folder(tmp_path, (MARA,), {})
    assert os.listdir(tmp_path) == ["mine.md"]
    write_bible_folder(tmp_path, (MARA,), {}, force=True)
    assert sorted(os.listdir(tmp_path)) == ["characters", "mine.md"]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(JobCancelled):
        read_bible_folder(_written(tmp_path / "b", MARA), cancel)
