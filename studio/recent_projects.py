"""The projects that were open last, kept between starts."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from pipelines import atomic

_log = logging.getLogger(__name__)

MOST = 10


class RecentProjects(QObject):
    """A small JSON file; where it cannot be written, the list lasts until the program ends.

    Signals:
        changed: the list is another one.
    """

    changed = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        facts = _read(file)
        self._paths = [Path(path) for path in _texts(facts.get("recent"))][:MOST]
        opened = facts.get("open")
        self._open = Path(opened) if isinstance(opened, str) and opened else None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The latest first."""
        return tuple(self._paths)

    @property
    def last_open(self) -> Path | None:
        """The file of the project that was open last, or None if it had no name."""
        return self._open

    def note_open(self, path: Path | None) -> None:
        """This project is open now; None for one without a name."""
        before = self._paths, self._open
        self._open = path
        if path is not None:
            self._paths = [path, *(other for other in self._paths if other != path)][:MOST]
        if before != (self._paths, self._open):
            self._keep()

    def clear(self) -> None:
        """Forgets all of them."""
        self._paths = []
        self._keep()

    def _keep(self) -> None:
        facts = {"recent": [str(path) for path in self._paths], "open": str(self._open or "")}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_json(self._file, facts)
        except OSError:
            _log.warning("the recent projects could not be noted", exc_info=True)
        self.changed.emit()


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):  # the first start, or nothing to be saved of it
        return {}
    return found if isinstance(found, dict) else {}


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
