"""`fabula storyboard`, in a Python without Qt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.formats.scripts import LIGHTHOUSE

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def script(work: Path) -> Path:
    return Path(shutil.copy(LIGHTHOUSE, work / "s.fountain"))


def test_many_formats_at_once(fabula: Fabula, work: Path, script: Path) -> None:
    code, out, err = fabula(
        *("storyboard", "s.fountain", "--pdf", "out.pdf", "--csv", "out.csv", "--grid", "2"),
        *("--fountain", "again.fountain", "--elements", "out.json", "--json"),
    )
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert result["files"] == {
        "pdf": "out.pdf",
        "fountain": "again.fountain",
        "csv": "out.csv",
        "elements": "out.json",
    }
    assert (result["scenes"], result["shots"]) == (3, 6)
    assert "Emphasis is left out." in result["notes"]["fountain"]
    assert (work / "out.pdf").read_bytes().startswith(b"%PDF")
    elements = json.loads((work / "out.json").read_bytes())
    lines = LIGHTHOUSE.read_text("utf-8").split("\n")
    headings = [e for e in elements if e["type"] == "scene_heading"]
    assert [lines[e["line"] - 1].lstrip(".").split(" #")[0] for e in headings] == [
        e["text"] for e in headings
    ]


def test_one_format_by_name_or_beside_the_script(fabula: Fabula, work: Path, script: Path) -> None:
    code, out, _ = fabula("storyboard", "s.fountain", "--to", "otio")
    assert (code, out) == (0, "s.storyboard.otio\n")
    code, out, _ = fabula("storyboard", "s.fountain", "--to", "otio")
    assert (code, out) == (0, "s.storyboard-2.otio\n")
    code, out, _ = fabula("storyboard", "s.fountain", "-o", "boards.html")
    assert (code, out) == (0, "boards.html\n")
    assert (work / "boards.html").read_text("utf-8").startswith("<!doctype html>")


def test_wrong_arguments_and_failed_work(fabula: Fabula, work: Path, script: Path) -> None:
    code, out, err = fabula("storyboard", "none.fountain", "--csv", "a.csv")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "“none.fountain” is not there." in err
    code, _, err = fabula("storyboard", "s.fountain", "--csv", "a.pdf")
    assert code == 2
    assert "“a.pdf” is no CSV file." in err
    code, _, err = fabula("storyboard", "s.fountain", "--fountain", "s.fountain")
    assert code == 2
    assert "“s.fountain” is the script itself." in err
    code, _, err = fabula("storyboard", "s.fountain", "--csv", "a.csv", "--to", "csv")
    assert code == 2
    assert "csv is asked for twice." in err
    code, _, _ = fabula("storyboard", "s.fountain", "--grid", "9x9")
    assert code == 2
    assert sorted(path.name for path in work.iterdir()) == ["s.fountain"]
