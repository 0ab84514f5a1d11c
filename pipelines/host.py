"""Runs jobs, one at a time, at the far end of a pipe: in a child process or in a thread."""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pipelines import environment
from pipelines.api import (
    Body,
    Cancelled,
    Done,
    Failed,
    JobCancelled,
    JobContext,
    Loading,
    Paused,
    Pipeline,
    PipelineError,
    Preview,
    Produced,
    Progress,
    Started,
)
from pipelines.wire import Cancel, Event, Message, Pause, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

PREVIEW_INTERVAL = 0.1  # seconds between two previews
TRACE_BYTES = 65536  # as much as a pipe holds while nobody reads it
EXIT_GRACE = 1.0  # seconds a job has to end by itself once nobody listens any more


class _Wishes:
    """What is wished of one job. One per job id, so a late Cancel cannot hit the next job."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.going = threading.Event()
        self.going.set()

    def pause(self, on: bool) -> None:
        if on:
            self.going.clear()
        else:
            self.going.set()

    def cancel(self) -> None:
        self.cancelled.set()
        self.going.set()  # a paused job must wake up to see it


class _Context:
    """The JobContext a pipeline gets."""

    def __init__(self, wishes: _Wishes, folder: str, send: Callable[[Body], None]) -> None:
        self._wishes, self._send = wishes, send
        self._folder = Path(folder)
        self._began = time.monotonic()
        self._paused = 0.0
        self._last_preview = 0.0

    @property
    def folder(self) -> Path:
        return self._folder

    def check(self) -> None:
        if not self._wishes.going.is_set():
            since = time.monotonic()
            self._send(Paused(True))
            self._wishes.going.wait()
            self._paused += time.monotonic() - since
            self._send(Paused(False))
        if self._wishes.cancelled.is_set():
            raise JobCancelled

    def progress(
        self, step: int, total: int, message: str = "", part: int = 0, parts: int = 1
    ) -> None:
        self.check()
        seconds = time.monotonic() - self._began - self._paused
        self._send(Progress(step, total, message, seconds, part, parts))

    def preview(self, make: Callable[[], Sequence[Preview]]) -> None:
        if time.monotonic() - self._last_preview >= PREVIEW_INTERVAL:
            for preview in make():
                self._send(preview)
            self._last_preview = time.monotonic()

    def produced(self, item: object) -> None:
        self._send(Produced(pickle.dumps(item)))


class _Function:
    """A plain function as a pipeline: nothing to load."""

    id: ClassVar[str] = "function"

    def __init__(self, function: Callable[[Any, JobContext], Any]) -> None:
        self.run = function

    def load(self, request: Any, say: Callable[[str], None]) -> None: ...

    def unload(self) -> None: ...


class _Host:
    def __init__(self, conn: Connection, last_resort: Callable[[], None]) -> None:
        self._conn, self._last_resort = conn, last_resort
        self._sending = threading.Lock()  # libraries call progress from threads of their own
        self._work: queue.SimpleQueue[Run | None] = queue.SimpleQueue()
        self._wishes: dict[str, _Wishes] = {}
        self._warm: dict[str, Pipeline[Any, Any]] = {}

    def serve(self) -> None:
        threading.Thread(target=self._listen, name="host-listener", daemon=True).start()
        while (run := self._work.get()) is not None:
            self._send(run.job_id, self._answer(run))
            del self._wishes[run.job_id]
        for pipeline in self._warm.values():
            pipeline.unload()

    def _listen(self) -> None:
        try:
            while True:
                self._take(self._conn.recv())
        except (EOFError, OSError):  # the other end is closed, or its process is dead
            for wishes in list(self._wishes.values()):
                wishes.cancel()
            self._work.put(None)
            self._last_resort()

    def _take(self, message: Message) -> None:
        match message:
            case Run():
                self._wishes[message.job_id] = _Wishes()
                self._work.put(message)
            case Cancel(job_id) if wishes := self._wishes.get(job_id):
                wishes.cancel()
            case Pause(job_id, on) if wishes := self._wishes.get(job_id):
                wishes.pause(on)

    def _answer(self, run: Run) -> Body:
        try:
            return Done(pickle.dumps(self._run(run)))
        except JobCancelled:
            return Cancelled()
        except PipelineError as error:
            return Failed(error.code, str(error), error.hint, traceback.format_exc())
        except (Exception, SystemExit) as error:  # noqa: BLE001 - errors cross the pipe as data
            return Failed.unexpected(error)

    def _run(self, run: Run) -> Any:
        def send(body: Body) -> None:
            self._send(run.job_id, body)

        wishes = self._wishes[run.job_id]
        if wishes.cancelled.is_set():
            raise JobCancelled
        os.environ.update(run.environment)
        request = pickle.loads(run.request)  # noqa: S301 - written by our own driver
        if run.target not in self._warm:
            send(Loading("Importing"))
            self._warm[run.target] = _import(run.target)
        pipeline = self._warm[run.target]
        pipeline.load(request, lambda message: send(Loading(message)))
        ctx = _Context(wishes, run.folder, send)
        send(Started())
        ctx.check()
        return pipeline.run(request, ctx)

    def _send(self, job_id: str, body: Body) -> None:
        with self._sending, contextlib.suppress(OSError):  # nobody listens: the listener ends us
            self._conn.send(Event(job_id, body))


def _import(target: str) -> Pipeline[Any, Any]:
    module, _, name = target.partition(":")
    found: Any = getattr(importlib.import_module(module), name)
    pipeline: Pipeline[Any, Any] = found() if isinstance(found, type) else _Function(found)
    return pipeline


def serve_in_thread(conn: Connection) -> None:
    """The host in a thread of this process, for targets that import nothing heavy."""
    _Host(conn, last_resort=lambda: None).serve()


def serve_in_process(conn: Connection, testament: Connection) -> None:
    """The main function of a child process; a native crash writes its stacks to `testament`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's: it cancels
    if sys.platform != "win32":
        os.setsid()  # a group of its own, so that a kill also reaches what a job started
    if sys.platform == "win32":  # there a pipe has no file descriptor
        faulthandler.enable()
    else:
        faulthandler.enable(testament.fileno())
    environment.harden()
    import tqdm  # late: the window imports this module too

    # Its own lock is one between processes, which nobody needs here; when this one is killed,
    # Python would tell the person of a leaked semaphore.
    tqdm.tqdm.set_lock(threading.RLock())
    _Host(conn, last_resort=_end_this_process).serve()


def _end_this_process() -> None:
    time.sleep(EXIT_GRACE)  # in a daemon thread: a process that ends by itself never gets past here
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
