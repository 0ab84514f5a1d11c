"""The whole queue: order by drag or key, remove, retry, pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.icons import icon
from studio.jobs.job import Job
from studio.shell import phrases
from studio.widgets.plain import button, words
from studio.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.jobs.service import JobService

_WIDTH = 400
_HEIGHT = 400
_JOB = Qt.ItemDataRole.UserRole


class QueueList(QFrame):
    """A popup over the strip. Stopped jobs stand first and do not move."""

    _reordered = Signal()

    def __init__(self, jobs: JobService, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._jobs = jobs
        self.setProperty("surface", "card")
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._list = _JobList()
        self._list.setAccessibleName(self.tr("Queue"))
        self._list.move_requested.connect(self._on_list_move_requested)
        self._list.remove_requested.connect(self._on_remove_clicked)
        self._list.currentItemChanged.connect(self._show_buttons)
        # The list must have ended its own move before it is filled anew.
        self._list.model().rowsMoved.connect(self._reordered)
        self._reordered.connect(self._on_reordered, Qt.ConnectionType.QueuedConnection)
        self._hint = words(
            self.tr("Drag a job or press Alt and an arrow key to change its turn."), "fact", True
        )
        self._remove = button(self.tr("Remove"), "x")
        self._remove.clicked.connect(self._on_remove_clicked)
        self._retry = button(self.tr("Retry"), "arrow-clockwise")
        self._retry.clicked.connect(self._on_retry_clicked)
        self._paused = QCheckBox(self.tr("Pause the queue"))
        self._paused.toggled.connect(jobs.set_paused)
        self._stop = QCheckBox(self.tr("Stop after this one"))
        self._stop.toggled.connect(jobs.set_stop_after_current)
        self._lay_out()
        jobs.queue_changed.connect(self._fill)
        jobs.pause_changed.connect(self._paused.setChecked)
        jobs.stop_after_current_changed.connect(self._stop.setChecked)
        self._paused.setChecked(jobs.paused)
        self._fill()

    def open_above(self, corner: QPoint) -> None:
        """Opens with its lower left corner at `corner` of the screen."""
        self.move(corner - QPoint(0, self.height()))
        self.show()
        self._list.setFocus()

    def _fill(self) -> None:
        current = self._current()
        self._list.clear()
        for job in self._jobs.stopped():
            item = self._add(job, "warning-circle", "danger")
            item.setToolTip(plain_tip(phrases.why_stopped(job)))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        for job in self._jobs.waiting():
            self._add(job, "dots-six-vertical", "muted")
        rows = [self._list.item(row).data(_JOB) for row in range(self._list.count())]
        if rows:
            self._list.setCurrentRow(rows.index(current) if current in rows else 0)
        else:
            empty = QListWidgetItem(self.tr("Nothing waits."), self._list)
            empty.setFlags(Qt.ItemFlag.ItemIsEnabled)
        running = bool(self._jobs.running())
        self._stop.setEnabled(running)
        self._stop.setToolTip("" if running else self.tr("Nothing is running"))
        self._show_buttons()

    def _add(self, job: Job, symbol: str, token: str) -> QListWidgetItem:
        fact = phrases.amount(job)
        text = f"{job.title} · {fact}" if fact else job.title
        item = QListWidgetItem(icon(symbol, token), text, self._list)
        item.setToolTip(plain_tip(text))
        item.setData(_JOB, job)
        return item

    def _current(self) -> Job | None:
        item = self._list.currentItem()
        job = item.data(_JOB) if item is not None else None
        return job if isinstance(job, Job) else None

    def _show_buttons(self) -> None:
        job = self._current()
        stopped = job is not None and job in self._jobs.stopped()
        self._remove.setEnabled(job is not None)
        self._retry.setEnabled(stopped)
        self._retry.setToolTip("" if stopped else self.tr("Only a job that stopped can be retried"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._retry)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(words(self.tr("Queue"), "strong"))
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addWidget(self._paused)
        column.addWidget(self._stop)

    def _on_reordered(self) -> None:
        stopped = len(self._jobs.stopped())
        order = [self._list.item(row).data(_JOB) for row in range(self._list.count())]
        moved = [job for job in order if job in self._jobs.waiting()]
        for index, job in enumerate(moved):
            if self._jobs.waiting()[index] is not job:
                self._jobs.move(job, index)
        if order[:stopped] != self._jobs.stopped():
            self._fill()

    def _on_list_move_requested(self, way: int) -> None:
        job = self._current()
        waiting = self._jobs.waiting()
        if job in waiting:
            self._jobs.move(job, waiting.index(job) + way)

    def _on_remove_clicked(self) -> None:
        job = self._current()
        if job is not None:
            self._jobs.remove(job)

    def _on_retry_clicked(self) -> None:
        job = self._current()
        if job is not None:
            self._jobs.retry(job)


class _JobList(QListWidget):
    """Rows move by drag or by Alt and an arrow key, and go by Delete."""

    move_requested = Signal(int)  # -1 up, 1 down
    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in ways:
            self.move_requested.emit(ways[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)
