"""A folder for projects, and one for what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.document.opening import new_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.document.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the sessions are; it is made with the first."""
    return tmp_path / "state" / "projects"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The name of a project that is not there yet."""
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine" / "harbour.fabula"


@pytest.fixture
def project(root: Path) -> Iterator[Project]:
    """A new one without a name; closed at the end."""
    project = new_project(root)
    yield project
    project.close()
