"""Screenplays on pages, read by another program."""

from __future__ import annotations

import io

from pypdf import PdfReader

from studio.formats.fountain.reading import read_fountain
from studio.formats.pdf.screenplay import screenplay_as_pdf
from tests.formats.scripts import LIGHTHOUSE


def texts(script: str) -> list[str]:
    pdf = screenplay_as_pdf(read_fountain(script)).content
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_script_is_printed_without_what_is_for_the_writer() -> None:
    title, first, second = texts(LIGHTHOUSE.read_text("utf-8"))
    assert "THE LIGHTHOUSE" in title
    assert "a@b.c" in title
    for said in ("1A", "INT. LIGHTHOUSE - NIGHT", "MARA (V.O.)", "(quietly)", "CUT TO:"):
        assert said in first
    assert "I never really" in first.replace("\n", " ")
    for hidden in ("Act One", "meets the visitor", "SHOT:", "boneyard", "*", "[["):
        assert hidden not in first
    assert "EXT. CLIFF - DAY" in second
    assert "2." in second


def test_dialogue_at_the_same_time_stands_side_by_side() -> None:
    pdf = screenplay_as_pdf(read_fountain("MARA\nOne.\n\nJOHN ^\nTwo.\n")).content
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        for name in ("MARA", "JOHN"):
            if name in text:
                places[name] = (cm[4] + tm[4], cm[5] + tm[5])

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert places["MARA"][1] == places["JOHN"][1]
    assert places["MARA"][0] < places["JOHN"][0]


def test_a_long_script_has_pages_and_numbers() -> None:
    pages = texts("INT. HOUSE - DAY\n\n" + "Somebody walks through the door.\n\n" * 120)
    assert len(pages) > 3
    assert "3." in pages[2]


def test_no_script_at_all() -> None:
    assert len(texts("")) == 1
