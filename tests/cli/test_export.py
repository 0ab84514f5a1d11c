"""`fabula export`, in a Python without Qt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "document" / "examples" / "schema-1.fabula"

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(work: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, work / "harbour.fabula"))


def test_a_project_is_unpacked_beside_it_or_where_o_says(
    fabula: Fabula, work: Path, project: Path
) -> None:
    assert fabula("export", "harbour.fabula") == (0, "harbour.export\n", "")
    assert fabula("export", "harbour.fabula") == (0, "harbour-2.export\n", "")
    code, out, err = fabula("export", "harbour.fabula", "-o", "out", "--json")
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert result["folder"] == "out"
    for name in result["files"]:
        assert (work / "out" / name).is_file()
    assert json.loads((work / "out" / "documents/place/bible_pier.json").read_bytes()) == {
        "name": "Pier 帽子",
        "tags": [],
    }


def test_wrong_arguments_and_failed_work(fabula: Fabula, work: Path, project: Path) -> None:
    code, out, err = fabula("export", "none.fabula", "-o", "out")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "“none.fabula” could not be opened: there is no such file" in err
    (work / "full").mkdir()
    (work / "full" / "own.txt").touch()
    code, out, err = fabula("export", "harbour.fabula", "-o", "full")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "“full” holds other files. Choose an empty folder, or use --force." in err
    code, _, _ = fabula("export", "harbour.fabula", "-o", "full", "--force")
    assert code == 0
    assert (work / "full" / "own.txt").exists()
