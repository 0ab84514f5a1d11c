"""The strip under everything: running, waiting, recent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio.shell.queue_list import QueueList
from studio.shell.recent_box import RecentBox
from studio.shell.running_box import RunningBox
from studio.shell.waiting_box import WaitingBox
from studio.widgets.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.jobs.service import JobService

HEIGHT = 112


class Strip(QFrame):
    """What the jobs do, across the whole window.

    Signals:
        picture_activated: one of the recent pictures was chosen; its path.
        all_requested: the person wants to see all pictures.
        pictures_dropped: picture files from elsewhere are to come into the library; their paths.
    """

    picture_activated = Signal(Path)
    all_requested = Signal()
    pictures_dropped = Signal(list)

    def __init__(self, jobs: JobService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedHeight(HEIGHT)
        self.running = RunningBox(jobs)
        self._waiting = WaitingBox(jobs)
        self._recent = RecentBox()
        self._queue = QueueList(jobs, self)
        self._waiting.queue_requested.connect(self.show_queue)
        self._recent.picture_activated.connect(self.picture_activated)
        self._recent.all_requested.connect(self.all_requested)
        self._recent.pictures_dropped.connect(self.pictures_dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.running)
        row.addWidget(line(vertical=True))
        row.addWidget(self._waiting)
        row.addWidget(line(vertical=True))
        row.addWidget(self._recent, 1)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """The pictures made last, the newest first."""
        self._recent.set_recent(paths)

    def show_queue(self) -> None:
        """Opens the whole queue above the strip."""
        self._queue.open_above(self._waiting.mapToGlobal(QPoint(-12, -8)))

    def close_decoder(self) -> None:
        """Ends the decoding of thumbnails; before the window goes."""
        self._recent.close_decoder()
