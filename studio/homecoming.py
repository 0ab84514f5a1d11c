"""Brings finished pictures from the spool into the library."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import codec
from pipelines.api import Picture, PipelineError
from pipelines.edit_requests import Patch
from pipelines.metadata.settings import Tool
from studio.library import Entry, Library
from studio.library_files import without_number

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)


class Homecoming:
    """For the queue: what a job hands out, and what a crash left behind."""

    def __init__(self, library: Library, candidates: Path) -> None:
        """Candidates for a part of a picture wait in the folder `candidates` to be chosen."""
        self._library, self._candidates = library, candidates

    def adopt(self, item: object) -> object:
        """Moves a picture home, in any thread; returns it with its new path.

        A candidate is kept for as long as the program runs. Raises OSError; the file is then where
        it was.
        """
        if isinstance(item, Patch):
            return replace(item, path=str(self._kept(Path(item.path))))
        if not isinstance(item, Picture):
            return item
        when = datetime.now().astimezone()
        hint = item.prompt or without_number(item.name)
        path = self._library.adopt(Path(item.path), hint, when)
        return replace(item, path=str(path))

    def forget_candidates(self) -> None:
        """Those of an earlier run, which nobody can choose any more."""
        shutil.rmtree(self._candidates, ignore_errors=True)

    def _kept(self, path: Path) -> Path:
        self._candidates.mkdir(parents=True, exist_ok=True)
        kept = self._candidates / f"{secrets.token_hex(8)}{path.suffix}"
        os.replace(path, kept)
        return kept

    def enter(self, job_id: str, picture: Picture, request: object) -> None:
        """Puts a picture that was adopted into the index. Raises OSError or sqlite3.Error."""
        path = Path(picture.path)
        self._library.add(
            Entry(
                path,
                datetime.now().astimezone(),
                picture.width,
                picture.height,
                picture.prompt,
                picture.seed,
                batch=job_id,
                settings=codec.to_json(request),
                tool=Tool.FABULA,
            )
        )

    def rescue(self, job_id: str, path: Path) -> None:
        """The same for a picture that was finished when the program ended; the file says the rest.

        Raises OSError or sqlite3.Error. A file that is no whole picture stays where it is.
        """
        from pipelines.pictures import read_info  # Pillow, only after a crash

        try:
            info = read_info(path)
        except PipelineError as error:
            log.warning("%s was left in the spool: %s", path, error)
            return
        made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        prompt = info.settings.prompt or ""
        settings: Mapping[str, object] = info.request or {}
        home = self._library.adopt(path, prompt, made)
        self._library.add(
            Entry(
                home,
                made,
                info.width,
                info.height,
                prompt,
                info.settings.seed,
                batch=job_id,
                settings=settings,
                tool=info.tool,
            )
        )
