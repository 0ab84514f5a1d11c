from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cache import cache_folder, data_folder
from studio.paths import Paths


@pytest.mark.parametrize("home", ["portable", "~/portable"])
def test_the_child_and_the_window_mean_the_same_folder(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "person"))
    monkeypatch.setenv("FABULA_HOME", home)
    monkeypatch.chdir(tmp_path)
    assert cache_folder() == Paths.default().cache
    assert cache_folder().is_relative_to(tmp_path)


def test_without_a_home_it_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FABULA_HOME")
    assert cache_folder() == Paths.default().cache
    assert cache_folder().is_absolute()
    assert not cache_folder().exists() or cache_folder().is_dir()


def test_what_was_installed_is_not_in_the_cache() -> None:
    home = cache_folder().parent
    assert data_folder() == home / "data"
    assert data_folder({}).is_absolute()
    assert not data_folder({}).is_relative_to(cache_folder({}))
