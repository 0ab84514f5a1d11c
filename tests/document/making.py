"""Small projects for tests."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from studio.document.assets import Asset
from studio.document.documents import Change, Document
from studio.document.opening import new_project

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.project import Project

PICTURE = Asset.from_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


def card(key: str, **data: object) -> Document:
    return Document.make(key, "card", data)


def put(project: Project, key: str, **data: object) -> Change:
    return project.apply(Change(puts=(card(key, **data),)))


def with_picture(key: str = "mara") -> Change:
    return Change(puts=(card(key, portrait=PICTURE.hash),), assets=(PICTURE,))


def make_file(root: Path, file: Path) -> Path:
    """A saved project with the cards mara, with a picture, and owl."""
    with closing(new_project(root)) as project:
        project.apply(with_picture())
        put(project, "owl", text="Grüße, 帽子")
        project.save_as(file)
    return file


def tear(path: Path) -> None:
    """One page of the database never reached the disk."""
    data = path.read_bytes()
    page = int.from_bytes(data[16:18])
    path.write_bytes(data[:page] + bytes(page) + data[2 * page :])


def crashed(root: Path, into: Path) -> Path:
    """What a process that ended here would leave: a copy of its sessions that nobody holds."""
    shutil.copytree(root, into)
    return into
