"""All that is asked of the meaning of texts, of a real BertModel of random weights."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.api import Done, PipelineError
from pipelines.driver import Driver
from pipelines.meaning_requests import (
    MeaningIndexed,
    MeaningIndexRequest,
    MeaningSearchRequest,
    Ranking,
    RankRequest,
    SentenceMeaningRequest,
    TextSource,
)
from pipelines.sentence_meaning import SentenceMeaning
from pipelines.ticket import Ticket
from tests.requirements import real_starter
from tests.scripted_context import ScriptedContext
from tests.tiny_sentence_model import DIMENSIONS, build_sentence_model

ROWS = [("1.png", "a red fox"), ("2.png", "the lighthouse at night"), ("3.png", "a red fox")]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sentence_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="module")
def meaning() -> SentenceMeaning:
    return SentenceMeaning()


@pytest.fixture
def source(tmp_path: Path) -> TextSource:
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as db, db:
        db.execute("CREATE TABLE pictures (path TEXT, prompt TEXT)")
        db.executemany("INSERT INTO pictures VALUES (?, ?)", ROWS)
    return TextSource(tmp_path / "library.sqlite3", "SELECT path, prompt FROM pictures")


def ask(meaning: SentenceMeaning, request: Any, folder: Path) -> Any:
    meaning.load(request, lambda _message: None)
    return meaning.run(request, ScriptedContext(folder))


def test_vectors_come_packed_and_can_be_ranked(
    meaning: SentenceMeaning, model: Path, tmp_path: Path
) -> None:
    texts = ("a red fox", "the sea")
    result = ask(meaning, SentenceMeaningRequest(model, texts), tmp_path)
    assert result.dimensions == DIMENSIONS
    assert [len(vector) for vector in result.vectors] == [4 * DIMENSIONS] * 2
    scores = ask(meaning, RankRequest(model, "the sea", result.vectors), tmp_path)
    assert scores[1] == pytest.approx(1, abs=1e-5)
    assert scores[0] < scores[1]


def test_what_is_indexed_is_found_and_the_rest_is_counted(
    meaning: SentenceMeaning, model: Path, source: TextSource, tmp_path: Path
) -> None:
    cache = tmp_path / "meanings.sqlite3"
    search = MeaningSearchRequest(model, cache, source, "the lighthouse at night")
    assert ask(meaning, search, tmp_path) == Ranking((), (), 3)
    index = MeaningIndexRequest(model, cache, source, most=1)
    assert ask(meaning, index, tmp_path) == MeaningIndexed(known=1, missing=1)
    part = ask(meaning, search, tmp_path)
    assert (part.ids, part.missing) == (("1.png", "3.png"), 1)
    assert ask(meaning, index, tmp_path) == MeaningIndexed(known=2, missing=0)
    found = ask(meaning, search, tmp_path)
    assert (found.ids, found.missing) == (("2.png", "1.png", "3.png"), 0)
    assert found.scores[0] == pytest.approx(1, abs=1e-5)
    assert ask(meaning, replace(search, most=1), tmp_path).ids == ("2.png",)


def test_the_model_stays_warm_until_it_is_another(model: Path, tmp_path: Path) -> None:
    meaning = SentenceMeaning()
    said: list[str] = []
    request = SentenceMeaningRequest(build_sentence_model(tmp_path / "own"), ("a fox",))
    meaning.load(request, said.append)
    assert said[-1] == "Loading own"
    said.clear()
    meaning.load(request, said.append)
    assert said == []
    meaning.load(replace(request, model=model), said.append)
    assert said[-1] == "Loading tiny"
    meaning.unload()
    with pytest.raises(RuntimeError):
        meaning.run(request, ScriptedContext(tmp_path))


def test_an_index_that_cannot_be_read_is_told(
    meaning: SentenceMeaning, model: Path, tmp_path: Path
) -> None:
    source = TextSource(tmp_path / "gone.sqlite3", "SELECT 1, 2")
    request = MeaningSearchRequest(model, tmp_path / "m.sqlite3", source, "a fox")
    with pytest.raises(PipelineError) as caught:
        ask(meaning, request, tmp_path)
    assert caught.value.code == "unreadable"
    assert not source.database.exists()


@pytest.mark.slow
def test_the_real_one_answers_from_a_child(tmp_path: Path) -> None:
    model = real_starter("all-minilm-l6-v2")
    texts = ("harbour beacon", "robot")
    driver = Driver()
    try:
        (vectors,) = _results(driver, SentenceMeaningRequest(model, texts))
        (scores,) = _results(driver, RankRequest(model, "lighthouse", vectors.vectors))
    finally:
        driver.close()
    assert {len(vector) for vector in vectors.vectors} == {4 * 384}
    assert scores[0] > scores[1]


def _results(driver: Driver, request: Any) -> list[Any]:
    ticket = Ticket("pipelines.sentence_meaning:SentenceMeaning", request)
    return [body.result for body in driver.run(ticket) if isinstance(body, Done)]
