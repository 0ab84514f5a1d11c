"""`fabula models get`, without Qt, from a hub of this machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fake_hub import LARGE, FakeHub, only_hub

if TYPE_CHECKING:
    from collections.abc import Iterator

Fabula = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    files = {"config.json": b"{}", "w.safetensors": bytes(LARGE)}
    known = FakeHub({"org/tiny": files}, about={"cardData": {"license": "mit"}})
    with only_hub(known, tmp_path / "hf", monkeypatch):
        yield known


def test_nothing_is_fetched_before_somebody_said_yes(fabula: Fabula, hub: FakeHub) -> None:
    code, out, err = fabula("models", "get", "org/tiny")
    assert code == 2
    assert "mit (open)" in out
    assert "0.0 MB in 2 files" in out
    assert "--yes" in err
    assert hub.sent == 0


def test_a_confirmed_model_is_fetched(fabula: Fabula, hub: FakeHub) -> None:
    code, out, err = fabula("models", "get", "org/tiny@main", "--yes", "--json")
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["fetched"], said["size"], said["licence_class"]) == (LARGE + 2, LARGE + 2, "open")
    assert (Path(said["path"]) / "w.safetensors").read_bytes() == bytes(LARGE)


def test_what_cannot_be_had_is_said(fabula: Fabula, hub: FakeHub) -> None:
    code, out, err = fabula("models", "get", "no name")
    assert (code, out) == (2, "")
    assert "ORG/NAME" in err
    code, _, err = fabula("models", "get", "org/none", "--yes")
    assert code == 1
    assert "“org/none”" in err
    assert err.count("\n") == 1
