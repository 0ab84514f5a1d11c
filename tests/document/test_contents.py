"""Reading a file ahead of taking it over."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from studio.document.errors import ProjectError
from studio.document.opening import new_project, open_project
from tests.document.making import PICTURE, make_file, put, tear

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.contents import Contents
    from studio.document.project import Project


def test_a_file_is_read_in_a_thread_while_the_project_changes(
    project: Project, root: Path, file: Path
) -> None:
    make_file(root, file)
    found: list[Contents] = []
    thread = threading.Thread(target=lambda: found.append(project.read(file)))
    thread.start()
    for number in range(20):
        put(project, "fox", n=number)
    thread.join()
    assert set(found[0].documents) == {"mara", "owl"}
    assert project.asset(PICTURE.hash) == PICTURE, "its pictures are there before it is taken over"
    assert set(project.documents) == {"fox"}
    undo = project.restore(found[0])
    assert set(project.documents) == {"mara", "owl"}
    project.apply(undo)
    assert project.documents["fox"].data == {"n": 19}


def test_a_damaged_file_changes_nothing(root: Path, file: Path) -> None:
    with closing(open_project(make_file(root, file), root)) as project:
        put(project, "fox")
        tear(file)
        with pytest.raises(ProjectError) as error:
            project.read()
        assert error.value.code == "damaged"
        assert set(project.documents) == {"mara", "owl", "fox"}


def test_what_was_never_saved_has_nothing_to_read(root: Path) -> None:
    with closing(new_project(root)) as project, pytest.raises(ProjectError) as error:
        project.read()
    assert error.value.code == "untitled"
