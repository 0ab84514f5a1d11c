from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import pytest

import pipelines
from pipelines import versions


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    versions.library_versions.cache_clear()
    yield
    versions.library_versions.cache_clear()


def test_names_what_changes_pixels() -> None:
    found = versions.library_versions()
    assert found["fabula"] == pipelines.__version__
    assert found["torch"] == version("torch")
    assert set(found) == {"fabula", "torch", "diffusers", "transformers", "peft", "compel"}


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> str:
        if name == "compel":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(versions, "version", lacking)
    assert "compel" not in versions.library_versions()
    assert versions.library_versions()["peft"] == "1.0"


def test_of_other_libraries() -> None:
    found = versions.library_versions(versions.FILLING)
    assert set(found) == {"fabula", *versions.FILLING}
