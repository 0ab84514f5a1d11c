"""`fabula imagine` on the starter model, as scripts use it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines.pictures import read_info
from studio.document.bible.entry import Entry, EntryKind
from studio.document.bible.entry_json import entry_document
from studio.document.documents import Change
from studio.document.opening import new_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Start

Fabula = Callable[..., tuple[int, str, str]]


def test_a_castle(fabula: Fabula, work: Path) -> None:
    code, out, err = fabula(
        "imagine", "a castle on a blue background", "--steps", "8", "--seed", "7",
        "-o", "castle.png", "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert [(p["path"], p["seed"]) for p in result["pictures"]] == [("castle.png", 7)]
    with Image.open(work / "castle.png") as image:
        assert image.size == (128, 128)
        red, _, blue = image.convert("RGB").getpixel((2, 2))  # type: ignore[misc]
        assert blue > red + 60
        text = image.info["parameters"]
    assert "Steps: 8" in text
    assert "Seed: 7" in text


def test_names_of_several_pictures_and_never_over_a_file(fabula: Fabula, work: Path) -> None:
    arguments = ("imagine", "{fox|owl}", "--steps", "1", "-n", "2", "--seed", "4294967295")
    code, out, _ = fabula(*arguments)
    assert code == 0
    assert out.split() == ["fox-owl.imagine-01.png", "fox-owl.imagine-02.png"]
    code, out, _ = fabula(*arguments)
    assert out.split() == ["fox-owl.imagine-01-2.png", "fox-owl.imagine-02-2.png"]
    with Image.open(work / "fox-owl.imagine-02.png") as image:
        assert "Seed: 0," in image.info["parameters"]  # after the last seed comes the first


def test_mentions_mean_what_the_project_says(fabula: Fabula, work: Path) -> None:
    path = work / "story.fabula"
    mara = Entry("m1", EntryKind.CHARACTER, "Mara", prompt="fox", negative="snow")
    with closing(new_project(work / "sessions")) as project:
        project.apply(Change(puts=(entry_document(mara),)))
        project.save_as(path)
    before = path.read_bytes()
    code, out, err = fabula(
        "imagine", "@Mara and @Tom", "--project", "story.fabula", "--steps", "1"
    )  # fmt: skip
    assert (code, out) == (0, "mara-and-tom.imagine.png\n")
    assert "no “Tom”" in err
    assert path.read_bytes() == before
    info = read_info(work / out.strip())
    assert info.settings.prompt == "fox and @Tom"
    assert info.settings.negative_prompt == "snow"
    assert info.request is not None
    assert info.request["typed_prompt"] == "@Mara and @Tom"
    assert [use["entry"] for use in info.request["made_from"]] == ["m1"]
    with Image.open(work / out.strip()) as image:
        assert image.info["parameters"].startswith("fox and @Tom\nNegative prompt: snow\n")


def test_a_project_that_is_none(fabula: Fabula, work: Path) -> None:
    (work / "notes.txt").write_text("notes", encoding="utf-8")
    code, _, err = fabula("imagine", "@Mara", "--project", "notes.txt")
    assert (code, "“notes.txt” is no Fabula project." in err) == (2, True)


def test_image_to_image(fabula: Fabula, work: Path) -> None:
    Image.new("RGB", (300, 200), (200, 30, 30)).save(work / "red.png")
    code, out, _ = fabula(
        "imagine",
        "a crown on a red background",
        "--init",
        "red.png",
        "--strength",
        "0.3",
        "--steps",
        "10",
        "-o",
        "out.png",
    )
    assert (code, out) == (0, "out.png\n")
    with Image.open(work / "out.png") as image:
        red, green, _ = image.convert("RGB").getpixel((2, 2))  # type: ignore[misc]
    assert red > green + 80  # little strength keeps the colour


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("",), 2, "The prompt is empty. Type what you want to see."),
        (("fox", "--width", "30000"), 2, "A width of 30,000 pixels cannot be drawn."),
        (("fox", "--width", "0"), 2, "A side of 0 pixels cannot be drawn."),
        (("fox", "--steps", "0"), 2, "The steps cannot be 0."),
        (("fox", "--scheduler", "DPM fast"), 2, "There is no scheduler “DPM fast”."),
        (("fox", "--model", "nothing-like-it"), 1, "nothing-like-it"),
        (("fox", "--lora", "ink:0.8"), 1, "There is no LoRA “ink”."),
        (("fox", "-o", "nowhere/out.png"), 2, "There is no folder “nowhere”."),
        (("fox", "-o", "out.gif"), 2, "“out.gif” is no PNG file."),
        (("fox", "--init", "missing.png"), 1, "missing.png"),
    ],
)
def test_bad_input_gets_one_sentence(
    fabula: Fabula, work: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, out, err = fabula("imagine", *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
    assert not list(work.glob("*.png"))


def test_a_mistyped_verb_opens_no_window(fabula: Fabula) -> None:
    code, out, err = fabula("imagin", "fox")
    assert (code, out) == (2, "")
    assert "imagine" in err


def test_wrong_arguments_leave_with_2(fabula: Fabula) -> None:
    assert fabula("imagine")[0] == 2
    assert fabula("imagine", "fox", "--steps", "many")[0] == 2


def test_version_and_help(fabula: Fabula) -> None:
    code, out, _ = fabula("--version")
    assert code == 0
    assert out.startswith("Fabula Studio ")
    assert "imagine" in fabula("--help")[1]


def test_a_picture_that_cannot_be_written(fabula: Fabula, work: Path) -> None:
    (work / "out.png").mkdir()  # a folder in the way: the name goes into it
    (work / "out.png" / "fox.imagine.png").mkdir()
    code, _, err = fabula("imagine", "fox", "--steps", "1", "-o", "out.png")
    assert code == 1
    assert "could not be written" in err


def test_interrupt_cancels_and_leaves_nothing(
    start: Start, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with start("imagine", "fox", "--steps", "200", "-n", "50", "-o", "f.png") as process:
        until = time.monotonic() + 120
        while not list(work.glob("*.png")) and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.endswith("Cancelled.\n")
    done = list(work.glob("f-*.png"))
    assert done
    for path in done:
        with Image.open(path) as image:
            image.load()
    assert not list((tmp_path / "temporary").glob("fabula-*"))
