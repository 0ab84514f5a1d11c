from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.api import Picture, Progress, TextToImageRequest
from studio.library import Entry
from studio.panels.imagine.recall import recalled
from studio.panels.imagine.results import Batch, BatchState, Results, waiting_batch
from studio.panels.imagine.sections import section_of

if TYPE_CHECKING:
    from studio.widgets.picture_item import PictureSection

REQUEST = TextToImageRequest("m", "a castle", width=128, height=128, seed=2**32 - 1, count=3)


def shown(batch: Batch) -> PictureSection:
    return section_of(batch, lambda made_from: "")


@pytest.fixture
def results() -> Results:
    made = Results()
    made.add(waiting_batch("one", "Castle", REQUEST))
    return made


def order(results: Results) -> list[str]:
    return [batch.id for batch in results.ordered()]


def produce(results: Results, batch: str, index: int) -> str:
    path = f"/{batch}-{index}.png"
    results.produced(batch, Picture(path, index, index, "a castle", 128, 128))
    return path


def test_seeds_wrap_as_the_pipeline_wraps_them(results: Results) -> None:
    assert [cell.seed for cell in results.ordered()[0].cells] == [2**32 - 1, 0, 1]


def test_what_is_drawn_or_next_comes_first_then_the_newest(results: Results) -> None:
    produce(results, "one", 0)
    results.settle("one")
    for name in ("two", "three", "four"):
        results.add(waiting_batch(name, name, REQUEST))
    produce(results, "two", 0)
    results.settle("two")
    assert order(results) == ["three", "two", "one"]
    results.arrange_waiting(["four", "three"])
    assert order(results) == ["four", "two", "one"]
    results.progressed("three", Progress(1, 60, parts=3))
    assert order(results) == ["three", "two", "one"]


def test_a_batch_that_made_nothing_is_not_shown(results: Results) -> None:
    results.settle("one")
    assert results.ordered() == ()


def test_a_cancelled_batch_keeps_what_was_finished(results: Results) -> None:
    produce(results, "one", 1)
    results.settle("one")
    (batch,) = results.ordered()
    assert (batch.state, [cell.index for cell in batch.cells]) == (BatchState.SETTLED, [1])


def test_removing_and_putting_back_restores_the_place(results: Results) -> None:
    paths = [produce(results, "one", index) for index in range(3)]
    results.settle("one")
    results.add(waiting_batch("two", "Two", REQUEST))
    found = results.cell_at(paths[1])
    assert found is not None
    for path in paths:
        results.remove(path)
    assert order(results) == ["two"]
    results.put_back("one", found[1])
    assert order(results) == ["two", "one"]
    assert results.cell_at(paths[1]) is not None


def test_late_events_of_an_unknown_batch_change_nothing(results: Results) -> None:
    produce(results, "gone", 0)
    results.settle("gone")
    assert order(results) == ["one"]


def test_the_cell_that_is_drawn_carries_step_time_and_bar(results: Results) -> None:
    produce(results, "one", 0)
    progress = Progress(34, 60, "Step 14 of 20", seconds=17.0, part=1, parts=3)
    results.progressed("one", progress)
    items = shown(results.ordered()[0]).items
    assert [item.note for item in items] == ["", "Step 14 of 20 · 3 s left", ""]
    assert [item.fraction for item in items] == [None, pytest.approx(0.7), None]


def test_pictures_drawn_together_share_their_progress() -> None:
    results = Results()
    request = TextToImageRequest("m", "a", width=64, height=64, count=3, batch_size=2)
    results.add(waiting_batch("b", "B", request))
    results.progressed("b", Progress(20, 60, "Step 10 of 20", 10.0, 0, 3))
    items = shown(results.ordered()[0]).items
    assert [item.fraction for item in items] == [pytest.approx(0.5), pytest.approx(0.5), None]
    results.progressed("b", Progress(50, 60, "Step 10 of 20", 10.0, 2, 3))
    assert shown(results.ordered()[0]).items[2].fraction == pytest.approx(0.5)


def test_waiting_loading_and_facts_are_said(results: Results) -> None:
    assert shown(results.ordered()[0]).items[0].note == "Waiting"
    results.loading("one", "Loading SDXL")
    notes = [item.note for item in shown(results.ordered()[0]).items]
    assert notes == ["Loading SDXL", "", ""]
    results.set_kept(produce(results, "one", 0), True)
    section = shown(results.ordered()[0])
    assert section.facts == "3 pictures · 1 kept"
    assert section.items[0].name == "Castle, picture 1, Seed 0, kept"


def test_the_library_gives_the_last_batches_back() -> None:
    def entry(name: str, batch: str, minute: int) -> Entry:
        made = datetime(2026, 11, 24, 12, minute, tzinfo=UTC)
        return Entry(Path(f"/{name}.png"), made, 64, 64, "a castle, dusk", None, False, batch)

    entries = [entry("d", "", 4), entry("c", "two", 3), entry("b", "one", 2), entry("a", "one", 1)]
    batches = recalled(entries)
    assert [batch.id for batch in batches] == ["one", "two", "/d.png"]
    assert [cell.path for cell in batches[0].cells] == ["/a.png", "/b.png"]
    assert shown(batches[2]).title == "A castle"
    assert shown(batches[2]).items[0].caption == ""
