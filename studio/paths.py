"""Where the program keeps things on this machine. No Qt: the command line asks here too."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping

_APP = "fabula"
_HOME_VARIABLE = "FABULA_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """Absolute folders; none of them need exist yet.

    `state` outlives a restart (queue, index, log), `cache` may be emptied at any time, `config`
    holds what a person edits, `pictures` and `documents` are the person's own folders.
    """

    state: Path
    config: Path
    cache: Path
    pictures: Path
    documents: Path

    @classmethod
    def default(cls, environ: Mapping[str, str] = os.environ) -> Paths:
        """The system's usual places, or everything below `FABULA_HOME` where that is set."""
        if home := environ.get(_HOME_VARIABLE):
            return cls.below(Path(home))
        return cls(
            state=platformdirs.user_state_path(_APP, appauthor=False),
            config=platformdirs.user_config_path(_APP, appauthor=False),
            cache=platformdirs.user_cache_path(_APP, appauthor=False),
            pictures=platformdirs.user_pictures_path(),
            documents=platformdirs.user_documents_path(),
        )

    @classmethod
    def below(cls, home: Path) -> Paths:
        """Everything in one folder: a portable installation, a test."""
        home = home.expanduser().absolute()
        names = ("state", "config", "cache", "pictures", "documents")
        return cls(*(home / name for name in names))

    @property
    def library(self) -> Path:
        """Every finished picture, unless the person chose another folder."""
        return self.pictures / "Fabula"

    @property
    def spool(self) -> Path:
        """What running and waiting jobs read and write."""
        return self.state / "spool"

    @property
    def projects(self) -> Path:
        """Open projects, and what an earlier run left of them."""
        return self.state / "projects"

    @property
    def recent_projects(self) -> Path:
        """The names of the files that were open last."""
        return self.state / "recent_projects.json"

    @property
    def queue_db(self) -> Path:
        return self.state / "queue.sqlite3"

    @property
    def library_db(self) -> Path:
        """The index of the library; it can be rebuilt from the pictures."""
        return self.state / "library.sqlite3"

    @property
    def log_file(self) -> Path:
        return self.state / "fabula.log"

    @property
    def crash_file(self) -> Path:
        """Empty unless the last run ended in a native crash."""
        return self.state / "crash.txt"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def wildcards(self) -> Path:
        """Text files for `__name__` in prompts."""
        return self.config / "wildcards"
