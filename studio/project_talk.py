"""What the person is asked and told about the files of projects, as an interface."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.document.backups import Backup
    from studio.document.errors import ProjectError


class Unsaved(Enum):
    """What is to become of unsaved work."""

    SAVE = auto()
    GIVE_UP = auto()
    STAY = auto()


class Way(Enum):
    """What can be done about a failure."""

    OVERWRITE = auto()
    SAVE_AS = auto()
    BACKUPS = auto()


class Talk(Protocol):
    """Asks and tells; the window has the real one."""

    def ask_unsaved(self, name: str) -> Unsaved:
        """What is to become of the unsaved work of the project with this name?"""

    def ask_name(self, suggested: str) -> Path | None:
        """Under what name is it to be saved? None for not at all."""

    def choose_backup(self, path: Path, use: Callable[[Backup], None]) -> None:
        """Which backup of this file? `use` gets it, now, later or never."""

    def tell(
        self, error: ProjectError, ways: Sequence[tuple[Way, Callable[[], None]]] = ()
    ) -> None:
        """What went wrong, and the ways out of it."""

    def note(self, sentence: str) -> None:
        """Something that is no failure."""
