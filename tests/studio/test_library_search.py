"""Looking through the index beside the GUI thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from studio.library import Entry, Library
from studio.library_query import Found, Query
from studio.library_search import LibrarySearch

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "Fabula", tmp_path / "library.sqlite3")) as made:
        yield made


@pytest.fixture
def search(qtbot: QtBot, library: Library, tmp_path: Path) -> Iterator[LibrarySearch]:
    made = LibrarySearch(tmp_path / "library.sqlite3")
    yield made
    made.finish()


def _put(library: Library, name: str) -> None:
    path = library.folder / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    path.write_text(name)
    library.add(Entry(path, datetime(2026, 11, 24, tzinfo=UTC), 8, 8, name))


def test_only_the_newest_question_is_answered(
    qtbot: QtBot, library: Library, search: LibrarySearch
) -> None:
    _put(library, "fox")
    answers: list[tuple[str, tuple[str, ...]]] = []
    search.found.connect(lambda query, found: answers.append((query.words, found.names)))
    for words in ("f", "fo", "fox"):
        search.find(Query(words=words))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("fox", ("fox.png",))]


def test_what_others_change_is_seen(qtbot: QtBot, library: Library, search: LibrarySearch) -> None:
    found: list[Found] = []
    search.found.connect(lambda _query, answer: found.append(answer))
    search.find(Query())
    qtbot.waitUntil(lambda: len(found) == 1)
    search.watch(True)
    _put(library, "owl")
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[1].names == ("owl.png",)
    search.watch(False)


def test_an_index_that_is_gone_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    search = LibrarySearch(tmp_path / "nowhere.sqlite3")
    with qtbot.waitSignal(search.failed) as failed:
        search.find(Query())
    assert "unable to open" in failed.args[0]
    search.finish()
