"""The project that comes with the program: assets/projects/the_lighthouse.fabula."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pipelines.assets import assets_folder
from pipelines.pictures import open_picture, read_info
from studio.document.assets import references
from studio.document.bible.entry_json import is_entry, read_bible, read_entry
from studio.document.bible.expansion import expand
from studio.document.bible.mentions import find_mentions, unknown_mentions
from studio.document.bible.retrieval import retrieve
from studio.document.opening import open_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.document.bible.bible import Bible
    from studio.document.project import Project

LARGEST = 500_000  # bytes


@pytest.fixture
def sample(root: Path, file: Path) -> Iterator[Project]:
    shutil.copy(assets_folder() / "projects" / "the_lighthouse.fabula", file)
    with closing(open_project(file, root)) as project:
        yield project


@pytest.fixture
def bible(sample: Project) -> Bible:
    return read_bible(sample.documents.values())


def test_it_opens_and_is_small(sample: Project, file: Path) -> None:
    assert sample.read_only is None
    assert not sample.dirty
    assert file.stat().st_size < LARGEST


def test_it_tells_nothing_of_the_machine_it_was_made_on(file: Path, sample: Project) -> None:
    for folder in (b"/home/", b"/root/", b"/tmp/", b"/Users/"):
        assert folder not in file.read_bytes()


def test_every_document_is_an_entry_that_is_understood_whole(sample: Project) -> None:
    for document in sample.documents.values():
        assert is_entry(document)
        assert not read_entry(document).extras
        assert read_entry(document).summary


def test_mentions_and_relations_lead_to_entries(sample: Project, bible: Bible) -> None:
    for document in sample.documents.values():
        entry = read_entry(document)
        assert not unknown_mentions(document.text, bible)
        assert all(bible.get(relation.to) for relation in entry.relations)
    story = bible.get("story")
    assert story is not None
    assert {mention.entry_id for mention in find_mentions(story.text, bible)} == {
        *("mara", "storm", "lighthouse", "lamp", "old_tom"),
    }


def test_portraits_are_pictures_with_their_recipe(
    sample: Project, bible: Bible, tmp_path: Path
) -> None:
    portraits = [entry for entry in bible if entry.portrait]
    assert len(portraits) >= 8
    assert references(document.text for document in sample.documents.values()) == {
        entry.portrait for entry in portraits
    }
    for entry in portraits:
        path = tmp_path / "portrait.png"
        path.write_bytes(sample.asset(entry.portrait).data)
        info = read_info(path)
        assert (info.width, info.height) == (128, 128)
        assert info.settings.prompt
        assert info.request is not None
        with open_picture(path) as picture:
            assert len(picture.convert("L").getcolors(256) or ()) > 50


def test_it_shows_what_a_bible_does(bible: Bible) -> None:
    expansion = expand("@Old Tom at the (@Lighthouse:1.2), @Night", "", bible)
    assert expansion.prompt == "old man with a grey beard at the (tower:1.2), on a navy background"
    told = retrieve(
        "Mara looks at the red thread.", bible, budget=150, count_tokens=lambda s: len(s.split())
    )
    assert [fired.entry_id for fired in told.fired][:3] == ["story", "mara", "key"]
    assert not told.is_over_budget
