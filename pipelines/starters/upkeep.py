"""Looks after installed starters: are their files still what they were, and away with them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.hashes import file_sha256
from pipelines.starters.manifest import chosen, starters
from pipelines.starters.places import FACTS, installed_folder, starters_folder
from pipelines.starters.requests import Verified, VerifyRequest
from pipelines.write_errors import write_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.api import JobContext
    from pipelines.starters.manifest import Starter


def verify(request: VerifyRequest, ctx: JobContext) -> tuple[Verified, ...]:
    """Hashes every file of the starters that are named, or of all whose folders are there.

    Raises PipelineError "no_such_starter".
    """
    return verify_from(starters(), request, ctx)


def verify_from(
    known: Sequence[Starter], request: VerifyRequest, ctx: JobContext
) -> tuple[Verified, ...]:
    """`verify`, for the starters of any manifest."""
    folder = starters_folder()
    there = [each for each in chosen(request.ids, known) if request.ids or _is_there(each, folder)]
    total = sum(each.size for each in there)
    found, done = [], 0
    for part, starter in enumerate(there):
        problems = []
        for file in starter.files:

            def report(read: int, _size: int, before: int = done, at: int = part) -> None:
                message = f"Checking {there[at].title}"
                ctx.progress(before + read, total, message, at, len(there))

            path = folder / starter.id / file.name
            try:
                if file_sha256(path, progress=report) != file.installed.sha256:
                    problems.append(f"{path} is not what was installed.")
            except OSError as error:
                problems.append(f"{path} cannot be read: {error.strerror or error}.")
            done += file.installed.size
        if not problems and installed_folder(starter) is None:
            problems.append(f"{folder / starter.id / FACTS} is missing or of another version.")
        found.append(Verified(starter.id, tuple(problems)))
    return tuple(found)


def remove(starter: Starter) -> Path:
    """Deletes what was installed of a starter and returns its folder; other files in it stay.

    Raises PipelineError: `not_installed`, or what `write_error` says.
    """
    folder = starters_folder() / starter.id
    if not _is_there(starter, starters_folder()):
        raise PipelineError(
            "not_installed",
            f"The starter “{starter.id}” is not installed.",
            "“fabula models list” shows what is.",
        )
    try:
        # Its description first: without it nobody takes the rest for a model.
        for name in (FACTS, *(file.name for file in starter.files)):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise write_error(folder, error) from error
    with contextlib.suppress(OSError):  # somebody keeps other files there
        folder.rmdir()
    return folder


def _is_there(starter: Starter, folder: Path) -> bool:
    return (folder / starter.id).is_dir()
