"""Files of every released schema open, for ever."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from studio.document.documents import Change, Document
from studio.document.opening import open_project
from studio.document.project_file import opened, read_documents
from studio.document.schema import NEWEST

EXAMPLES = Path(__file__).parent / "examples"


def test_there_is_an_example_of_every_schema() -> None:
    names = {f"schema-{version}.fabula" for version in range(1, NEWEST + 1)}
    assert {path.name for path in EXAMPLES.iterdir()} == names


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_an_example_opens_can_be_changed_and_saved(root: Path, file: Path, version: int) -> None:
    shutil.copy(EXAMPLES / f"schema-{version}.fabula", file)
    later = Document("later", "hologram", '{ "z" : 1.50, "a":"\\u00e9 \\ud800", "deep":[[{}]] }')
    with closing(open_project(file, root)) as project:
        assert project.read_only is None
        assert project.documents["later"] == later
        mara = project.documents["bible/mara"]
        assert (mara.kind, mara.data["name"]) == ("character", "Mara")
        assert project.documents["bible/pier"].data == {"name": "Pier 帽子", "tags": []}
        assert project.asset(mara.data["portrait"]).media == "image/png"
        assert project.asset(mara.data["notes"]).data.decode() == "Grüße, 帽子\n"
        project.apply(Change(puts=(mara.updated(name="Owl"),)))
        project.save()
    with opened(file) as db:
        documents = read_documents(db)
    assert (documents["later"], documents["bible/mara"].data["name"]) == (later, "Owl")
