"""Pages of boards, read by another program."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from pipelines.api import PipelineError
from studio.document.storyboard.model import Shot, Storyboard
from studio.document.storyboard.operations import find_shot, insert_shots, replace_shot
from studio.formats.pdf.boards import GRIDS, Layout, boards_as_pdf
from tests.document.storyboard.boards import PICTURE, harbour
from tests.formats.making import HOSTILE


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("landscape", [True, False])
def test_every_grid(grid: str, landscape: bool, tmp_path: Path) -> None:
    path = tmp_path / "cliff.png"
    Image.new("RGB", (24, 10), "navy").save(path)
    board = insert_shots(harbour(), "three", 1, [Shot(f"x{n}") for n in range(9)])
    made = boards_as_pdf(board, {PICTURE: path}, Layout(grid, landscape))
    assert made.notes == ()
    pages = read(made.content).pages
    a_page = {"1": 1, "2": 2, "3x2": 6, "3x3": 9, "4x3": 12}[grid]
    assert len(pages) == -(-15 // a_page)
    box = pages[0].mediabox
    assert (box.width > box.height) is landscape
    text = pages[0].extract_text()
    assert "The Lighthouse" in text
    assert "INT. LIGHTHOUSE - NIGHT" in text
    assert f"1/{len(pages)}" in text
    assert "2.39" in text
    everything = "\n".join(page.extract_text() for page in pages)
    for label in ("1A", "7Z", "2J", "MARA (V.O.): You came back.", "3.5s"):
        assert label in everything
    assert sum(len(page.images) for page in pages) == 1


def test_long_texts_are_clipped_and_named() -> None:
    shot = replace(find_shot(harbour(), "a"), action="word " * 2000, notes="end")
    made = boards_as_pdf(replace_shot(harbour(), shot), {}, Layout("3x3"))
    assert made.notes == ("Texts of shots 1A are too long for their cells and end with “[…]”.",)
    (page,) = read(made.content).pages
    assert "[…]" in page.extract_text()


def test_scripts_of_the_world_and_what_no_font_has() -> None:
    words = ("日本語の台本", "Привет", "Ελληνικά")
    shot = Shot("a", action=" ".join(words))
    made = boards_as_pdf(replace_shot(harbour(), shot), {}, Layout("1"))
    text = read(made.content).pages[0].extract_text().replace("\n", " ")
    for word in words[1:]:
        assert word in text
    shot = Shot("a", action="secret \U000f0000")
    made = boards_as_pdf(replace_shot(harbour(), shot), {}, Layout("1"))
    assert any("U+F0000" in note for note in made.notes)


def test_hostile_strings_are_text() -> None:
    shots = tuple(Shot(f"h{place}", action=text) for place, text in enumerate(HOSTILE))
    scene = replace(next(harbour().scenes), shots=shots)
    board = replace(harbour(), sequences=(replace(harbour().sequences[0], scenes=(scene,)),))
    made = boards_as_pdf(board, {}, Layout("3x3"))
    text = "".join(page.extract_text() for page in read(made.content).pages)
    flat = "".join(text.split())
    for hostile in HOSTILE:
        if hostile.isascii():
            assert "".join(hostile.split()) in flat


def test_a_picture_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture")
    with pytest.raises(PipelineError) as caught:
        boards_as_pdf(harbour(), {PICTURE: path}, Layout())
    assert caught.value.code == "bad_picture"
    assert "“broken.png”" in str(caught.value)
    with pytest.raises(PipelineError) as caught:
        boards_as_pdf(harbour(), {PICTURE: tmp_path / "gone.png"}, Layout())
    assert caught.value.code == "bad_picture"
    with pytest.raises(PipelineError) as caught:
        boards_as_pdf(Storyboard("b"), {}, Layout("7x7"))
    assert caught.value.code == "bad_grid"
