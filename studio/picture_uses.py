"""Where in the open project a picture of the library is used."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.document.bible.entry import ENTRY_KIND
from studio.document.bible.uses import PARTS, whole
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.documents import Document
    from studio.open_project import OpenProject

_Known = tuple[int, int, str]


class PictureUses:
    """Called with a picture's path, it gives a sentence for each place that holds its bytes."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project
        self._hashes: dict[Path, _Known] = {}  # time, size and hash of files that were asked for

    def __call__(self, path: Path) -> tuple[str, ...]:
        """None for a file that cannot be read."""
        try:
            wanted = self._hash(path)
        except OSError:
            return ()
        documents = self._project.documents.values()
        return tuple(_label(each) for each in documents if wanted in each.text)

    def _hash(self, path: Path) -> str:
        facts = path.stat()
        known = self._hashes.get(path)
        if known is None or known[:2] != (facts.st_mtime_ns, facts.st_size):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            known = self._hashes[path] = (facts.st_mtime_ns, facts.st_size, digest)
        return known[2]


def _label(document: Document) -> str:
    try:
        data = document.data
    except ProjectError:
        return document.key
    parts = PARTS.get(document.kind, whole)(document, data)
    name = next((part.label for part in parts), document.key)
    if document.kind == ENTRY_KIND:
        return QCoreApplication.translate("PictureUses", "Bible: %1").replace("%1", name)
    return name
