"""The project that comes with the program."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from studio import sample
from studio.document.opening import open_copy
from tests.document.making import make_file

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_it_is_found_among_the_assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "assets_folder", lambda: tmp_path)
    assert sample.sample_project() is None
    (tmp_path / "projects").mkdir()
    made = make_file(tmp_path / "root", tmp_path / "projects" / "the_lighthouse.fabula")
    assert sample.sample_project() == made


def test_the_one_that_is_shipped_opens(tmp_path: Path) -> None:
    found = sample.sample_project()
    if found is not None:
        with closing(open_copy(found, tmp_path)) as project:
            assert project.documents
