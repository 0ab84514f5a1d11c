"""What each panel shows, kept between starts."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from pipelines import atomic

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
DELAY = 250  # milliseconds after the last change: continuous input is written once


class PanelStates(QObject):
    """One JSON file with an object for each panel; written a moment after a change."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # the first start, or nothing that can be saved of it
            found = {}
        self._states: dict[str, Any] = found if isinstance(found, dict) else {}
        self._timer = QTimer(self, interval=DELAY, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def load(self, panel: str) -> Any:
        """What the panel kept last, as plain JSON; None at the first start."""
        return self._states.get(panel)

    def save(self, panel: str, state: Any) -> None:
        """Takes plain JSON; it is on the disk a quarter of a second after the last call."""
        if self._states.get(panel) != state:
            self._states[panel] = state
            self._timer.start()

    def flush(self) -> None:
        """Writes now what is not written yet."""
        self._timer.stop()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_json(self._path, self._states)
        except OSError:
            log.warning("the panels' state could not be written", exc_info=True)
