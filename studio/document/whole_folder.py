"""A folder of files that is there whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.atomic import sync_folder, temporary_beside
from studio.document.errors import ProjectError, explained


@contextlib.contextmanager
def whole_folder(folder: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty folder to write into, which is put in the place of `folder` at the end.

    `folder` is made; it may be there and empty. With `force` it may hold other files: those that
    have the same names are replaced, all others stay. Nothing is written outside of it. Raises
    ProjectError; then nothing was written, except that with `force` a disk that fails in the very
    last step can leave some files new and some old, each of them whole.
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
    part = temporary_beside(folder)
    with explained(f"“{folder.name}” could not be written"):
        try:
            part.mkdir()
            yield part
            _put_in_place(part, folder, _files_below(part))
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _files_below(part: Path) -> list[str]:
    return [str(file.relative_to(part)) for file in sorted(part.rglob("*")) if file.is_file()]


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
