"""What other programs open, opened by them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import opentimelineio as otio
import pytest
from PIL import Image

from studio.document.storyboard.model import Shot, Speech, Storyboard
from studio.document.storyboard.numbering import shot_labels
from studio.document.storyboard.operations import find_shot, replace_shot
from studio.formats.boards.losses import losses
from studio.formats.boards.targets import TARGETS, Work, export
from studio.formats.boards.timeline import FPS, timecode
from studio.formats.pdf.boards import Layout
from tests.document.storyboard.boards import PICTURE, harbour
from tests.formats.making import HOSTILE

LABELS = list(shot_labels(harbour()).values())
FRAMES = [48, 48, 84, 48, 50, 48]


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    path = tmp_path / "a cliff é.png"
    Image.new("RGB", (24, 10), "navy").save(path)
    return {PICTURE: path}


def write(target: str, folder: Path, pictures: dict[str, Path], board: Storyboard) -> Path:
    path = folder / f"board{TARGETS[target].suffix}"
    path.write_bytes(export(target, Work(board, pictures, Layout())).content)
    return path


def test_otio(tmp_path: Path, pictures: dict[str, Path]) -> None:
    timeline: Any = otio.adapters.read_from_file(str(write("otio", tmp_path, pictures, harbour())))
    clips = timeline.find_clips()
    assert [clip.name for clip in clips] == LABELS
    assert [clip.duration().value for clip in clips] == FRAMES
    (dissolve,) = timeline.find_children(descended_from_type=otio.schema.Transition)
    assert dissolve.transition_type == "SMPTE_Dissolve"
    assert clips[3].media_reference.target_url == pictures[PICTURE].as_uri()
    assert isinstance(clips[0].media_reference, otio.schema.MissingReference)
    assert clips[2].markers[0].name == "Slow"
    kept = clips[1].metadata["fabula"]
    assert kept["size"] == "CU"
    assert kept["dialogue"][0]["text"] == "You came back."
    for clip in clips:
        assert clip.available_range().contains(clip.trimmed_range())


def test_otio_is_whole_after_another_round(tmp_path: Path, pictures: dict[str, Path]) -> None:
    path = write("otio", tmp_path, pictures, harbour())
    timeline: Any = otio.adapters.read_from_file(str(path))
    otio.adapters.write_to_file(timeline, str(tmp_path / "again.otio"))
    assert otio.adapters.read_from_file(str(tmp_path / "again.otio")).is_equivalent_to(timeline)


def test_fcpxml(tmp_path: Path, pictures: dict[str, Path]) -> None:
    path = write("fcpxml", tmp_path, pictures, harbour())
    # This reader knows no stills, whose format has no frame rate, as Final Cut Pro writes them.
    path.write_text(path.read_text("utf-8").replace('format="r2"', 'format="r1"'), "utf-8")
    read: Any = otio.adapters.read_from_file(str(path), adapter_name="fcpx_xml")
    gap, clip = read[0].tracks[0]
    assert clip.name == "7A"
    assert [gap.duration().value, clip.duration().value] == [sum(FRAMES[:3]), FRAMES[3]]
    assert clip.media_reference.target_url == pictures[PICTURE].as_uri()


def test_edl(tmp_path: Path, pictures: dict[str, Path]) -> None:
    path = write("edl", tmp_path, pictures, harbour())
    read: Any = otio.adapters.read_from_file(str(path), adapter_name="cmx_3600", rate=FPS)
    clips = read.find_clips()
    assert [clip.name for clip in clips] == LABELS
    assert [clip.duration().value for clip in clips] == FRAMES
    assert timecode(24 * 3661 + 5) == "01:01:01:05"


def test_csv_is_safe_and_whole(tmp_path: Path, pictures: dict[str, Path]) -> None:
    board = with_texts(HOSTILE)
    path = write("csv", tmp_path, pictures, board)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Shot"] for row in rows] == list(shot_labels(board).values())
    for row, text in zip(rows, HOSTILE, strict=True):
        assert row["Action"].removeprefix("'") == text
        assert row["Action"][0] not in "=+-@"


def test_xlsx_has_texts_and_numbers(tmp_path: Path, pictures: dict[str, Path]) -> None:
    board = with_texts((*HOSTILE, "=1+1", "bell \x07", "x" * 40_000))
    sheet = openpyxl.load_workbook(write("xlsx", tmp_path, pictures, board)).active
    assert sheet is not None
    names, *rows = sheet.iter_rows(values_only=True)
    action, duration = names.index("Action"), names.index("Duration (s)")
    assert [row[action] for row in rows[: len(HOSTILE)]] == list(HOSTILE)
    assert rows[len(HOSTILE)][action] == "=1+1"
    assert rows[len(HOSTILE) + 1][action] == "bell \ufffd"
    assert str(rows[len(HOSTILE) + 2][action]).endswith("[…]")
    assert all(isinstance(row[duration], int | float) for row in rows)


def test_custom_fields_are_columns(tmp_path: Path, pictures: dict[str, Path]) -> None:
    text = write("csv", tmp_path, pictures, harbour()).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][-1] == "Location"
    assert rows[4][-1] == "Étretat, “high” road"


class Page(HTMLParser):
    """Collects the texts and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.sources: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_needs_nothing_else(tmp_path: Path, pictures: dict[str, Path]) -> None:
    board = with_texts((*HOSTILE, "<script>alert(1)</script>"), harbour())
    page = Page()
    page.feed(write("html", tmp_path, pictures, board).read_text("utf-8"))
    assert all(source.startswith("data:image/png;base64,") for source in page.sources)
    assert len(page.sources) == 1
    assert "script" not in page.tags
    for text in HOSTILE:
        assert text in page.texts


def with_texts(texts: tuple[str, ...], board: Storyboard | None = None) -> Storyboard:
    """A scene with a shot for each text; `board` gives the scenes behind it."""
    base = board or harbour()
    scenes = tuple(base.scenes)
    shots = tuple(Shot(f"t{place}", action=text) for place, text in enumerate(texts))
    first = replace(scenes[0], shots=shots)
    kept = (first, *scenes[1:]) if board else (first,)
    return replace(base, sequences=(replace(base.sequences[0], scenes=kept),))


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_says_what_it_cannot_hold(target: str) -> None:
    board = harbour()
    shot = find_shot(board, "d")
    frame = replace(shot.frames[0], versions=shot.frames[0].versions * 2)
    board = replace_shot(board, replace(shot, frames=(frame,)))
    sentences = losses(board, target)
    assert "The prompts of 1 shot are left out." in sentences
    assert any("several" in sentence for sentence in sentences)
    assert losses(Storyboard("empty"), target) == ()


def test_losses_name_what_is_there() -> None:
    assert losses(harbour(), "edl")[0] == "The pictures of 1 shot are left out."
    assert "The transitions of 1 shot become cuts." in losses(harbour(), "fcpxml")
    assert not any("pictures" in s.lower() for s in losses(harbour(), "otio"))


@pytest.mark.parametrize("target", TARGETS)
def test_an_empty_board_is_written_too(target: str) -> None:
    content = export(target, Work(Storyboard("empty"), {}, Layout())).content
    assert bool(content) is (target != "fountain")


def test_speech_of_half_characters_is_written() -> None:
    shot = Shot("a", action="\ud800", dialogue=(Speech("MARA", "\udfff"),))
    board = replace_shot(harbour(), shot)
    for target in TARGETS:
        assert export(target, Work(board, {}, Layout())).content, target
