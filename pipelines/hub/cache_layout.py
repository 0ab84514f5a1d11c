"""The Hugging Face cache as huggingface_hub lays it out: blobs, snapshots of commits, refs."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipelines import atomic
from pipelines.model_search import hub_cache_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.hub.requests import HubFile, HubOffer

_PARTS = "fabula-parts"
_NOTE = "fabula.json"


def parts_folder() -> Path:
    """Where downloads lie until all of a model is there: the cache's disk, and not in the cache.

    In it huggingface_hub would warn of files that it does not know.
    """
    return hub_cache_folder().parent / _PARTS


def repository_folder(repo: str) -> Path:
    """The folder of a repository, "org/name", in the cache."""
    return hub_cache_folder() / f"models--{repo.replace('/', '--')}"


def blob_of(repo: str, file: HubFile) -> Path:
    """Where the content of a file lies, once it is there."""
    return repository_folder(repo) / "blobs" / file.etag


def snapshot_folder(offer: HubOffer) -> Path:
    """The folder that shows the files of an offer by their names."""
    return repository_folder(offer.question.repo) / "snapshots" / offer.commit


def is_there(repo: str, file: HubFile) -> bool:
    """Whether the content of a file is in the cache."""
    blob = blob_of(repo, file)
    return blob.is_file() and blob.stat().st_size == file.size


def made_by_us(snapshot: Path) -> Path | None:
    """The repository's folder, if this program made it and not another that shares the cache."""
    repository = snapshot.absolute().parent.parent
    return repository if (repository / _NOTE).is_file() else None


def take_in(offer: HubOffer, fetched: Mapping[str, Path]) -> Path:
    """Moves whole files, by etag, into the cache, shows them under their names, returns where.

    The reference that finds them is written last: until then nobody takes them for a model.
    Raises OSError.
    """
    repo, snapshot = offer.question.repo, snapshot_folder(offer)
    is_new = not repository_folder(repo).exists()
    blobs = repository_folder(repo) / "blobs"
    for folder in (blobs, snapshot):
        folder.mkdir(parents=True, exist_ok=True)
    if is_new:
        atomic.write_json(repository_folder(repo) / _NOTE, {"made_by": "Fabula Studio"})
    for file in offer.files:
        if file.etag in fetched and not is_there(repo, file):
            atomic.move(fetched[file.etag], blobs / file.etag)
    atomic.sync_folder(blobs)
    folders = {snapshot}
    for file in offer.files:
        pointer = snapshot / PurePosixPath(file.path)
        pointer.parent.mkdir(parents=True, exist_ok=True)
        folders.add(pointer.parent)
        _point(pointer, blobs / file.etag)
    for folder in sorted(folders):
        atomic.sync_folder(folder)
    if offer.question.revision != offer.commit:
        reference = repository_folder(repo) / "refs" / PurePosixPath(offer.question.revision)
        reference.parent.mkdir(parents=True, exist_ok=True)
        # huggingface_hub compares it to the letter: no end of line.
        atomic.write_text(reference, offer.commit)
    return snapshot


def _point(pointer: Path, blob: Path) -> None:
    if pointer.exists():
        return
    pointer.unlink(missing_ok=True)  # a link to nothing
    try:
        os.symlink(os.path.relpath(blob, pointer.parent), pointer)
    except OSError as error:
        if getattr(error, "winerror", None) != _NO_PRIVILEGE:
            raise
        os.link(blob, pointer)  # Windows wants a right for symbolic links that few people have


_NO_PRIVILEGE = 1314  # ERROR_PRIVILEGE_NOT_HELD
