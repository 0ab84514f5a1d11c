"""Search by meaning in the panel: asked of the model, ordered by nearness, far ones left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.api import Failed
from pipelines.meaning_requests import MeaningIndexed
from studio.library_query import Query
from studio.panels.library.looking import NEAR
from tests.studio.panels.library.seen import chip, found
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel
    from tests.studio.panels.library.fakes import Window


pytestmark = OFFSCREEN


def by_meaning(panel: LibraryPanel, words: str) -> None:
    chip(panel, "Meaning").click()
    panel.view.bar.field.setText(words)


def test_what_is_near_comes_first_and_what_is_far_not_at_all(
    qtbot: QtBot,
    window: Window,
    panel: LibraryPanel,
) -> None:
    names = ("lamp.png", "fox.png", "owl.png", "gone.png")
    window.meaning.answers.append((names, (0.9, NEAR, NEAR - 0.01, 0.8)))
    by_meaning(panel, "harbour beacon")
    found(qtbot, panel, "lamp", "fox")
    assert window.meaning.asked == ["harbour beacon"]
    assert "By meaning" in chip(panel, "Meaning").value


def test_filters_apply_to_what_is_near(
    qtbot: QtBot,
    window: Window,
    panel: LibraryPanel,
) -> None:
    window.meaning.answers.append((("lamp.png", "fox.png"), (0.9, 0.8)))
    by_meaning(panel, "animal")
    found(qtbot, panel, "lamp", "fox")
    panel.view.bar.query_edited.emit(Query(words="animal", by_meaning=True, seed=8))
    found(qtbot, panel, "fox")


def test_without_words_everything_is_shown_as_ever(
    qtbot: QtBot,
    window: Window,
    panel: LibraryPanel,
) -> None:
    chip(panel, "Meaning").click()
    found(qtbot, panel, "owl", "fox", "lamp")
    assert window.meaning.asked == []


def test_new_vectors_are_asked_for_again(
    qtbot: QtBot,
    window: Window,
    panel: LibraryPanel,
) -> None:
    window.meaning.answers.append(((), ()))
    by_meaning(panel, "beacon")
    found(qtbot, panel)
    window.meaning.answers.append((("lamp.png",), (0.9,)))
    window.meaning.indexed.emit(MeaningIndexed(3, 0))
    found(qtbot, panel, "lamp")


def test_where_the_model_fails_the_words_are_looked_for(
    qtbot: QtBot,
    window: Window,
    panel: LibraryPanel,
) -> None:
    window.meaning.answers.append(((), ()))
    by_meaning(panel, "lighthouse")
    found(qtbot, panel)
    window.meaning.failed.emit(Failed("internal", "no", ""))
    found(qtbot, panel, "lamp")


def test_without_the_model_it_is_said_where_it_comes_from(
    window: Window,
    panel: LibraryPanel,
) -> None:
    window.meaning.available = False
    chip(panel, "Meaning").click()
    assert [problem.code for problem in window.problems] == ["starter_missing"]
    assert not panel.state.query.by_meaning
