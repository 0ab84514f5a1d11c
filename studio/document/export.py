"""A project unpacked into plain files: one JSON file a document, one file a picture."""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.atomic import write_bytes, write_json
from studio.document.assets import suffix_of
from studio.document.documents import Document, write_json_text
from studio.document.errors import ProjectError
from studio.document.project_file import (
    asset_hashes,
    opened,
    read_asset,
    read_documents,
    read_facts,
)
from studio.document.whole_folder import whole_folder

LONGEST_NAME = 60
"""Characters of a file name without its suffix; file systems count bytes, up to four for each."""

DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Windows takes these for devices, whatever the suffix."""

_UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Exported:
    """`files` are the written ones, as paths below `folder` with forward slashes."""

    folder: Path
    files: tuple[str, ...]


def export_project(project: Path, folder: Path, *, force: bool = False) -> Exported:
    """Writes `project.json`, `documents/KIND/KEY.json` and `assets/HASH.png` (or .jpg, …).

    `folder` is made; it may be there and empty. With `force` it may hold other files: those that
    have the same names are replaced, all others stay. Nothing is written outside of it. Raises
    ProjectError; then nothing was written, except that with `force` a disk that fails in the
    very last step can leave some files new and some old, each of them whole.
    """
    with opened(project) as db, whole_folder(folder, force=force) as part:
        files = _write_all(db, part)
    return Exported(Path(os.path.realpath(folder)), tuple(files))


def _write_all(db: sqlite3.Connection, part: Path) -> list[str]:
    documents = read_documents(db)
    names = _names(documents.values())
    assets = {}
    for hash_ in sorted(asset_hashes(db)):
        asset = read_asset(db, hash_)
        name = f"assets/{hash_}{suffix_of(asset.media)}"
        assets[hash_] = {"file": name, "media": asset.media, "size": len(asset.data)}
        _write(part / name, asset.data)
    for key, name in names.items():
        _write(part / name, _pretty(documents[key]).encode())
    facts = read_facts(db)
    about = {
        "schema_version": facts.version,
        "id": facts.id,
        "revision": facts.revision,
        "changed": facts.changed.isoformat(),
        "documents": {
            key: {"file": name, "kind": documents[key].kind} for key, name in names.items()
        },
        "assets": assets,
    }
    write_json(part / "project.json", about)
    return ["project.json", *names.values(), *(str(asset["file"]) for asset in assets.values())]


def _names(documents: Iterable[Document]) -> dict[str, str]:
    """For each key a name that every file system takes, and that differs by more than case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        stem = f"documents/{_safe(document.kind)}/{_safe(document.key)}"
        name, number = f"{stem}.json", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}.json"
        taken.add(name.casefold())
        names[document.key] = name
    return names


def _safe(text: str) -> str:
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", text))[:LONGEST_NAME] or "_"
    return f"_{name}" if DEVICE_NAME.fullmatch(name) else name


def _pretty(document: Document) -> str:
    """As it lies in the project where it is no JSON that Python reads."""
    try:
        return write_json_text(document.data, indent=2) + "\n"
    except (ProjectError, ValueError, RecursionError):
        return document.text


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, data)
