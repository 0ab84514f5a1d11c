"""A hub of this machine, and a cache of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake_hub import FakeHub, only_hub
from tests.scripted_context import ScriptedContext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with only_hub(FakeHub(), tmp_path / "hf", monkeypatch) as running:
        yield running


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    return ScriptedContext(tmp_path)
