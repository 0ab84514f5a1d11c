"""Pickles become safetensors, and never run. (A good one: `starters/test_install.py`.)"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from pipelines.api import JobCancelled, PipelineError
from pipelines.conversion import convert_state_dict
from pipelines.model_search import unchecked


class Canary:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._path,)


def test_a_pickle_with_a_program_in_it_is_refused_and_does_not_run(tmp_path: Path) -> None:
    source, canary = tmp_path / "evil.pth", tmp_path / "canary"
    source.write_bytes(pickle.dumps({"weights": Canary(canary)}))
    with pytest.raises(PipelineError) as caught:
        convert_state_dict(source, tmp_path / "out.safetensors", unchecked)
    assert caught.value.code == "pickle"
    assert [path.name for path in tmp_path.iterdir()] == ["evil.pth"]
    pickle.loads(source.read_bytes())
    assert canary.exists(), "it would have"


def test_cancel_ends_the_process(tmp_path: Path) -> None:
    def cancel() -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        convert_state_dict(tmp_path / "w.pth", tmp_path / "out.safetensors", cancel)
    assert list(tmp_path.iterdir()) == []
