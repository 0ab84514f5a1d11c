"""What is in a file, read ahead of the change that takes it over."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.database import transaction
from studio.document.project_file import (
    asset_hashes,
    newer_version,
    opened,
    read_asset,
    read_documents,
    read_facts,
)
from studio.document.recovery_database import connect, write_asset

if TYPE_CHECKING:
    from studio.document.documents import Document


@dataclass(frozen=True, slots=True)
class Contents:
    """The documents of a file by key, and its `Facts.state`."""

    path: Path
    state: str
    documents: Mapping[str, Document]


def read_into(database: Path, path: Path) -> Contents:
    """Reads the project at `path`; its pictures are in the recovery database afterwards.

    Each picture is a transaction of its own: an edit in between waits for one, not for all. Raises
    ProjectError.
    """
    with opened(path) as file:
        facts = read_facts(file)
        if facts.newer:
            raise newer_version(path)
        with closing(connect(database)) as db:
            for hash_ in asset_hashes(file) - asset_hashes(db):
                asset = read_asset(file, hash_)
                with transaction(db):
                    write_asset(db, asset)
        return Contents(path, facts.state, read_documents(file))
