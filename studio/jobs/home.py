"""Where finished parts go, and the way there for those that an earlier run left behind."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines import api
    from studio.jobs.spool import Spool

log = logging.getLogger(__name__)


class Home(Protocol):
    """What the queue asks of the library; all raise OSError, the last two sqlite3.Error too."""

    def adopt(self, item: object) -> object:
        """Moves a part to where it stays, in a lane's thread; returns it as it is there."""

    def enter(self, job_id: str, picture: api.Picture, request: object) -> None:
        """Takes note of an adopted picture, in the GUI thread."""

    def rescue(self, job_id: str, path: Path) -> None:
        """Adopts and enters a picture that an earlier run left in the spool."""


def rescue_pictures(spool: Spool, home: Home) -> None:
    """Brings home what was finished but not yet moved when the program ended."""
    for job_id, path in spool.finished():
        try:
            home.rescue(job_id, path)
        except (OSError, sqlite3.Error):
            log.warning("cannot bring %s into the library", path, exc_info=True)
