"""The front for every file: it recognises, reads or refuses with a sentence, whatever comes."""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from pipelines.api import Done, Failed, JobCancelled, PipelineError
from pipelines.driver import Driver
from pipelines.ticket import Ticket
from studio.document.bible.entry import Entry, EntryKind
from studio.formats.bible_files import BibleFormat, read_bible, read_bible_file, recognise
from studio.formats.bible_markdown import write_bible_folder
from studio.formats.bounded_json import LARGEST_JSON
from studio.formats.imported_bible import ImportedBible
from tests.formats.making import (
    MARA,
    V3,
    cancel,
    charx,
    png,
    png_card,
    png_with_chunk,
    text_chunk,
    v2_of,
)
from tests.mutating import mutated
from tests.scripted_context import ScriptedContext

BOOK = json.dumps({"spec": "lorebook_v3", "data": MARA["character_book"]}).encode()
SAMPLES = {
    "card.png": png_card(V3),
    "older.png": png_card(v2_of(MARA), "chara"),
    "card.json": json.dumps(V3).encode(),
    "flat.json": json.dumps({"name": "Mara", "description": "x"}).encode(),
    "card.charx": charx(V3, {"a.png": png()}),
    "book.json": BOOK,
    "world.json": b'{"entries": {"0": {"uid": 0, "key": ["a"], "content": "b"}}}',
    "mara.md": b"---\nid: aa\nname: Mara\ntags: [a, b]\nseed: 4\n---\n\nText.\n",
}


def _refusal(path: Path) -> str:
    with pytest.raises(PipelineError) as caught:
        read_bible(path)
    assert caught.value.code == "bad_bible_file"
    assert caught.value.hint
    return str(caught.value)


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    kept = name if name.endswith(".md") else "file.bin"
    bible = read_bible(_file(tmp_path, kept, SAMPLES[name]))
    assert bible.entries
    assert pickle.loads(pickle.dumps(bible)) == bible


def test_kinds_are_recognised(tmp_path: Path) -> None:
    expected = {
        "card.png": BibleFormat.PNG, "card.json": BibleFormat.JSON, "card.charx": BibleFormat.CHARX,
        "mara.md": BibleFormat.MARKDOWN,
    }  # fmt: skip
    for name, form in expected.items():
        assert recognise(_file(tmp_path, name, SAMPLES[name])) is form
    assert recognise(tmp_path) is BibleFormat.FOLDER
    assert recognise(_file(tmp_path, "x.txt", b"hello")) is None
    assert (
        recognise(_file(tmp_path, "u.json", '{"name": "é"}'.encode("utf-16"))) is BibleFormat.JSON
    )


def test_a_folder_is_read(tmp_path: Path) -> None:
    made = Entry("aa", EntryKind.PLACE, "Pier", text="Wet.")
    write_bible_folder(tmp_path / "b", (made,), {})
    assert read_bible(tmp_path / "b") == ImportedBible((made,))


def test_it_runs_as_a_job(tmp_path: Path) -> None:
    path = _file(tmp_path, "card.png", SAMPLES["card.png"])
    assert read_bible_file(path, ScriptedContext(tmp_path)).entries[0].name == "Mara"


def test_it_runs_in_a_child(tmp_path: Path) -> None:
    driver = Driver()
    try:
        good, bad = (
            list(driver.run(Ticket("studio.formats.bible_files:read_bible_file", path)))[-1]
            for path in (_file(tmp_path, "a.png", SAMPLES["card.png"]), tmp_path / "none.png")
        )
    finally:
        driver.close()
    assert isinstance(good, Done)
    assert isinstance(bad, Failed)
    assert good.result.entries[0].name == "Mara"
    assert (bad.code, bad.message) == ("bad_bible_file", "“none.png” is not there.")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.png", png(), "“x.png” is a picture without a character card."),
        ("x.json", b'{"a": 1}', "“x.json” holds neither a character card nor a lorebook."),
        ("x.json", b'{\n"a": }', "“x.json” holds JSON with a mistake in line 2."),
        ("x.json", b'{"name": NaN}', "“x.json” holds something that is no JSON."),
        ("x.json", b'{"name": 1e999}', "“x.json” holds something that is no JSON."),
        ("x.txt", b"hello", "“x.txt” is no file that characters or lore could be in."),
        ("x.json", b"", "“x.json” is no file that characters or lore could be in."),
        ("x.charx", b"PK\3\4....", "“x.charx” is a damaged archive."),
        ("x.png", png_card({"spec": "chara_card_v3", "data": {}}),
         "“x.png” holds a character card without a name."),
        ("x.md", b"---\na: [\n---\n",
         "“x.md” cannot be read: “x.md”, line 3: expected the node content, but found"
         " '<stream end>'. It was left out."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    assert _refusal(_file(tmp_path, name, data)) == sentence


def test_what_is_no_file_gets_a_sentence(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none.png") == "“none.png” is not there."
    os.mkfifo(tmp_path / "pipe")
    assert _refusal(tmp_path / "pipe") == "“pipe” is no file that characters or lore could be in."
    assert _refusal(tmp_path / "a\0b").endswith("is no file that characters or lore could be in.")


# ---- bombs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_a_text_that_unpacks_to_300_megabytes_is_refused(tmp_path: Path, kind: bytes) -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()
    head = b"chara\0\0" if kind == b"zTXt" else b"chara\0\1\0\0\0"
    bomb = _file(tmp_path, "bomb.png", png_with_chunk(text_chunk(kind, head + packed)))
    began = time.perf_counter()
    assert _refusal(bomb) == "“bomb.png” holds a text that is too long."
    assert time.perf_counter() - began < 5


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", b" " * (40 * 2**20))
    bomb = _file(tmp_path, "bomb.charx", buffer.getvalue())
    assert _refusal(bomb) == "“bomb.charx” holds “card.json”, which unpacks to too much."


@pytest.mark.parametrize("start", ["[", '{"name":'])
def test_json_nested_a_hundred_thousand_deep_is_refused(tmp_path: Path, start: str) -> None:
    text = '{"name": "x", "data": ' + start * 100_000
    bomb = _file(tmp_path, "deep.json", text.encode())
    assert _refusal(bomb) == "“deep.json” holds JSON that is nested too deep."


def test_json_nested_deeper_than_a_project_needs_is_refused(tmp_path: Path) -> None:
    text = '{"name": "x", "extensions": ' + "[" * 100 + "]" * 100 + "}"
    assert "nested too deep" in _refusal(_file(tmp_path, "deep.json", text.encode()))


def test_too_much_json_is_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, "x.json", b"{")
    os.truncate(path, LARGEST_JSON + 1)
    assert _refusal(path) == "“x.json” is larger than 16 MB."


# ---- anything at all ---------------------------------------------------------------------------

_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    2**70,
    1e300,
    "",
    "x,y",
    "\ud800",
    [],
    [None],
    {},
    {"a": {}},
    "z" * 5000,
)


def _confused(value: Any, chooser: random.Random) -> Any:
    """The same JSON with a member somewhere that is of another type."""
    if isinstance(value, dict | list) and value and chooser.random() < 0.9:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        place = chooser.choice(places)
        confused = value.copy()
        confused[place] = _confused(value[place], chooser)
        return confused
    return chooser.choice(_ODD)


def _fuzz(folder: Path, rounds: int) -> None:
    chooser = random.Random(12_11)
    names = sorted(SAMPLES)
    values = (V3, v2_of(MARA), json.loads(BOOK), json.loads(SAMPLES["world.json"]))
    refusals: list[str] = []
    for number in range(rounds):
        name = names[number % len(names)]
        data = mutated(SAMPLES[name], chooser)
        if chooser.random() < 0.4:
            value = _confused(chooser.choice(values), chooser)
            make = chooser.choice((png_card, charx, lambda value: json.dumps(value).encode()))
            data = make(value)
        try:
            read_bible(_file(folder, name, data))
        except PipelineError as error:
            refusals.append(error.code)
    assert set(refusals) == {"bad_bible_file"}
    assert rounds // 10 < len(refusals) < rounds - rounds // 10


def test_spoiled_files_are_read_or_refused(tmp_path: Path) -> None:
    _fuzz(tmp_path, 2_000)


@pytest.mark.slow
def test_many_spoiled_files_are_read_or_refused(tmp_path: Path) -> None:
    _fuzz(tmp_path, 20_000)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(JobCancelled):
        read_bible(_file(tmp_path, "book.json", BOOK), cancel)
