"""A job as the window sees it."""

from __future__ import annotations

import enum
import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pipelines import api
from pipelines.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable


class JobState(enum.Enum):
    """Where a job is. QUEUED jobs wait; INTERRUPTED ones ran when the program ended."""

    QUEUED = "queued"
    LOADING = "loading"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


SETTLED = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED})


def _as_it_is(item: object) -> object:
    return item


class Job(QObject):
    """A request on its way. `state` changes only in the thread the job lives in.

    Signals: exactly one of succeeded, failed, cancelled is emitted, then always settled.
    `changed` follows every change of what the job shows of itself.
    """

    load_progressed = Signal(str)  # what is being imported or loaded
    started = Signal()
    progressed = Signal(api.Progress)
    previewed = Signal(api.Preview)
    item_produced = Signal(object)  # a part of the result that stays
    pause_changed = Signal(bool)
    succeeded = Signal(object)
    failed = Signal(api.Failed)
    cancelled = Signal(bool)  # True: the child had to be killed
    settled = Signal()
    changed = Signal()
    cancel_requested = Signal()

    def __init__(
        self,
        target: str,
        request: object,
        *,
        title: str = "",
        folder: str = "",
        job_id: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.id = job_id or uuid.uuid4().hex
        self.title = title
        self.request = request
        self.ticket = Ticket(target, request, folder, self.id)
        self.state = JobState.QUEUED
        self.progress: api.Progress | None = None
        self.status_text = ""
        self.failure: api.Failed | None = None
        self.paused = False
        self.items: list[object] = []
        self.adopt: Callable[[object], object] = _as_it_is

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    def cancel(self) -> None:
        """Safe in any state and from any thread. The queue's row is written before the signal."""
        if self.is_settled:
            return
        self.cancel_requested.emit()
        self.ticket.cancel()

    def pause(self, on: bool = True) -> None:
        """Asks the steps to stop or to go on; `pause_changed` says when they did."""
        self.ticket.pause(on)

    def brought_home(self, body: api.Body) -> api.Body:
        """In the lane's thread: moves a finished part to where it stays.

        Where that cannot be done the job has failed, and its steps are told to stop.
        """
        if not isinstance(body, api.Produced):
            return body
        try:
            return api.Produced(self.adopt(body.item))
        except OSError as error:
            self.ticket.cancel()
            return api.Failed(
                "library_unwritable",
                f"A finished picture could not be put into the library: {error}.",
                "Make room on the disk or choose another library folder, then retry.",
            )

    def stopped_earlier(self, failure: api.Failed | None) -> None:
        """A job of an earlier run: it failed, or was interrupted where there is no failure."""
        self.failure = failure
        self.state = JobState.FAILED if failure else JobState.INTERRUPTED

    def apply(self, body: api.Body) -> None:
        """Takes over one event. A settled job hears nothing more."""
        if self.is_settled:
            return
        match body:
            case api.Loading(message):
                self.state, self.status_text = JobState.LOADING, message
                self.load_progressed.emit(message)
            case api.Started():
                self.state = JobState.RUNNING
                self.started.emit()
            case api.Progress():
                self.progress, self.status_text = body, body.message
                self.progressed.emit(body)
            case api.Preview():
                self.previewed.emit(body)
                return  # nothing else of the job changed
            case api.Produced(item):
                self.items.append(item)
                self.item_produced.emit(item)
            case api.Paused(on):
                self.paused = on
                self.pause_changed.emit(on)
            case api.Done(result):
                self.state = JobState.SUCCEEDED
                self.succeeded.emit(result)
            case api.Failed():
                self.state, self.failure = JobState.FAILED, body
                self.failed.emit(body)
            case api.Cancelled(forced):
                self.state = JobState.CANCELLED
                self.cancelled.emit(forced)
        self.changed.emit()
        if self.is_settled:
            self.settled.emit()
