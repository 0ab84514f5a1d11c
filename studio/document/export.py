"""A project unpacked into plain files: one JSON file a document, one file a picture."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.atomic import sync_folder, temporary_beside, write_bytes, write_json
from studio.document.documents import Document, write_json_text
from studio.document.errors import ProjectError, explained
from studio.document.project_file import (
    asset_hashes,
    opened,
    read_asset,
    read_documents,
    read_facts,
)

LONGEST_NAME = 60
"""Characters of a file name without its suffix; file systems count bytes, up to four for each."""

_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/mpeg": ".mp3",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}
_OTHER_SUFFIX = ".bin"
_UNSAFE = re.compile(r"[^\w-]+")
# Windows takes these for devices, whatever the suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


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
    folder = Path(os.path.realpath(folder))
    with explained(f"“{folder.name}” could not be written"):
        if folder.exists() and not folder.is_dir():
            raise ProjectError("bad_folder", f"“{folder.name}” is a file.", "Choose a folder.")
        if folder.is_dir() and any(folder.iterdir()) and not force:
            raise ProjectError(
                "bad_folder",
                f"“{folder.name}” holds other files.",
                "Choose an empty folder, or use --force.",
            )
        if not folder.parent.is_dir():
            raise ProjectError("bad_folder", f"There is no folder “{folder.parent}”.", "Make it.")
    with opened(project) as db:
        part = temporary_beside(folder)
        with explained(f"“{folder.name}” could not be written"):
            try:
                part.mkdir()
                files = _write_all(db, part)
                _put_in_place(part, folder, files)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    return Exported(folder, tuple(files))


def _write_all(db: sqlite3.Connection, part: Path) -> list[str]:
    documents = read_documents(db)
    names = _names(documents.values())
    assets = {}
    for hash_ in sorted(asset_hashes(db)):
        asset = read_asset(db, hash_)
        name = f"assets/{hash_}{_SUFFIXES.get(asset.media, _OTHER_SUFFIX)}"
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
    return f"_{name}" if _DEVICES.fullmatch(name) else name


def _pretty(document: Document) -> str:
    """As it lies in the project where it is no JSON that Python reads."""
    try:
        return write_json_text(document.data, indent=2) + "\n"
    except (ProjectError, ValueError, RecursionError):
        return document.text


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, data)


def _put_in_place(part: Path, folder: Path, files: Iterable[str]) -> None:
    if not folder.is_dir() or not any(folder.iterdir()):
        if folder.is_dir():
            folder.rmdir()
        os.replace(part, folder)
        sync_folder(folder.parent)
        return
    targets = {part / name: folder / name for name in files}
    for target in targets.values():
        # A link in the folder could lead anywhere.
        if Path(os.path.realpath(target)) != target:
            raise ProjectError(
                "bad_folder",
                f"“{folder.name}” holds a link where “{target.name}” has to go.",
                "Choose an empty folder.",
            )
    for source, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
    for place in {target.parent for target in targets.values()}:
        sync_folder(place)
