"""Owns one host and runs one job at a time in it. No Qt: window and command line share it."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing as mp
import os
import pickle
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from pipelines import host
from pipelines.api import Body, Cancelled, Done, Failed, Produced, Started
from pipelines.wire import Cancel, Event, Message, Pause, Run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from pipelines.ticket import Ticket

CANCEL_GRACE = 10.0  # seconds without a sign after a cancel until the child counts as stuck
POLL = 0.02  # seconds between two looks at what is wished of the running job


class Driver:
    """One thread calls `start`, `run`, `close` and `kill`; any thread may call `stop`.

    The host is a spawned child. `isolated=False` puts it into a thread of this process, for the
    modules named in `torch_free` only: an import of torch stalls every other thread.
    """

    def __init__(
        self,
        *,
        isolated: bool = True,
        torch_free: Collection[str] = (),
        cancel_grace: float = CANCEL_GRACE,
    ) -> None:
        self._isolated, self._torch_free, self._grace = isolated, torch_free, cancel_grace
        self._conn: Connection | None = None
        self._process: SpawnProcess | None = None
        self._last_words: Connection | None = None  # where a crash says in which line it was
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._owed: set[str] = set()  # settled here, but the host still works on them

    @property
    def isolated(self) -> bool:
        """Whether the host is a process of its own."""
        return self._isolated

    @property
    def pid(self) -> int | None:
        process = self._process  # asked from any thread; ours may let go of it between two looks
        return process.pid if process else None

    def start(self) -> None:
        """Starts the host if there is none; returns at once, the child imports meanwhile.

        Raises OSError when the system has no more processes or files to give.
        """
        if self._conn is not None:
            return
        context = mp.get_context("spawn")
        near, far = context.Pipe()
        if self._isolated:
            last_words, testament = context.Pipe(duplex=False)
            # Not daemonic, or jobs could not use multiprocessing. Python would then wait for it
            # for ever at exit, so we kill it first; if this process is killed, the child sees
            # the pipe close and ends itself.
            process = context.Process(
                target=host.serve_in_process, args=(far, testament), daemon=False
            )
            try:
                process.start()
            except BaseException:
                near.close()
                last_words.close()
                raise
            finally:
                far.close()
                testament.close()
            self._conn, self._process, self._last_words = near, process, last_words
            atexit.register(self._on_exit)
        else:
            self._conn = near
            self._thread = threading.Thread(
                target=host.serve_in_thread, args=(far,), name="host", daemon=True
            )
            self._thread.start()

    def run(self, ticket: Ticket) -> Iterator[Body]:
        """Yields what happens to the job, at last Done, Failed or Cancelled.

        Who stops reading before that gives the job up: it is cancelled. Raises OSError when no
        host can be started.
        """
        module = ticket.target.partition(":")[0]
        if ticket.cancelled or self._stopping.is_set():
            yield Cancelled()
        elif not self._isolated and module not in self._torch_free:
            yield Failed("needs_process", f"{module} may not run in the window's own process")
        else:
            try:
                request = pickle.dumps(ticket.request)
            except Exception as error:  # noqa: BLE001 - a foreign __reduce__ may raise anything
                yield Failed("bad_request", f"The request cannot be sent: {error}")
            else:
                run = Run(ticket.id, ticket.target, request, ticket.folder, ticket.environment)
                yield from self._follow(ticket, run)

    def _follow(self, ticket: Ticket, run: Run) -> Iterator[Body]:
        self._wake(run)
        started = asked = paused = heard = sent_again = False
        last_sign = time.monotonic()
        while True:
            try:
                event = self._receive()
            except (EOFError, OSError):  # abort, out-of-memory killer, driver fault
                abandoned_load_died = bool(self._owed) and not started
                code, trace = self._bury()
                if self._stopping.is_set() or asked:
                    yield Cancelled(forced=True)
                    return
                # A child that dies while it is idle may count as alive a moment longer.
                died_unheard = not heard and not sent_again
                if abandoned_load_died or died_unheard:
                    sent_again = sent_again or died_unheard
                    self._wake(run)
                    paused, last_sign = False, time.monotonic()
                    continue
                yield _crashed(code, trace)
                return
            if event is not None:
                last_sign = time.monotonic()
                settled = isinstance(event.body, Done | Failed | Cancelled)
                if event.job_id == ticket.id:
                    heard = True
                    started = started or isinstance(event.body, Started)
                    body = _unpack(event.body)
                    if isinstance(body, Done | Failed | Cancelled):
                        if not settled:  # a part that cannot be read: the host works on
                            self._give_up(ticket)
                        yield body
                        return
                    try:
                        yield body
                    except GeneratorExit:
                        self._give_up(ticket)
                        raise
                elif settled:
                    self._owed.discard(event.job_id)
            if self._stopping.is_set():  # `close` follows and ends the host
                yield Cancelled()
                return
            if ticket.cancelled and not asked:
                if not started:  # a load cannot be interrupted: let it go on, it stays warm
                    self._give_up(ticket)
                    yield Cancelled()
                    return
                self._send(Cancel(ticket.id))
                asked, last_sign = True, time.monotonic()
            if ticket.paused is not paused:
                paused = ticket.paused
                self._send(Pause(ticket.id, paused))
            if self._isolated and time.monotonic() - last_sign > self._grace:
                if asked:  # the steps ignore Cancel
                    self.kill()
                    yield Cancelled(forced=True)
                    return
                if self._owed and not started:  # a cancelled load keeps this job waiting
                    self.kill()
                    self._wake(run)
                    paused, last_sign = False, time.monotonic()

    def _give_up(self, ticket: Ticket) -> None:
        """Cancels a job that nobody listens to any more; the host may need a while to hear it."""
        self._send(Cancel(ticket.id))
        self._owed.add(ticket.id)

    def _wake(self, run: Run) -> None:
        """Hands the job to the host, to a fresh one if the last died while it was idle."""
        if self._process is not None and not self._process.is_alive():
            self.kill()
        self.start()
        self._send(run)

    def _send(self, message: Message) -> None:
        if self._conn is not None:
            with contextlib.suppress(OSError):  # the host is dead: the next receive says so
                self._conn.send(message)

    def _receive(self) -> Event | None:
        conn = self._conn
        if conn is None:  # killed at the exit of this process
            raise EOFError
        if not conn.poll(POLL):
            return None
        event: Event = conn.recv()
        return event

    def stop(self) -> None:
        """Ends the running job and refuses every later one. `close` must follow."""
        self._stopping.set()

    def close(self) -> None:
        """Lets the host end by itself, kills it if it does not; takes EXIT_GRACE at most."""
        self.stop()
        if self._conn is not None:
            self._conn.close()
        for worker in (self._process, self._thread):
            if worker is not None:
                worker.join(host.EXIT_GRACE)
        self.kill()

    def _on_exit(self) -> None:
        self.stop()  # a thread that still drives us must not start another child
        self.kill()

    def _bury(self) -> tuple[int | None, str]:
        """Clears away a child that hung up.

        Returns its exit code, None if it was still alive, and where it crashed if it could say.
        """
        code, trace = None, b""
        if self._process is not None:
            self._process.join(host.EXIT_GRACE)  # the pipe closes a little before the process ends
            code = self._process.exitcode
        if sys.platform != "win32" and self._last_words is not None and self._last_words.poll(0):
            # Only here: there the child does not write, and a closed pipe cannot be asked.
            # What faulthandler wrote there are plain bytes and no message of the connection.
            trace = os.read(self._last_words.fileno(), host.TRACE_BYTES)
        self.kill()
        return code, trace.decode("utf-8", "replace")

    def kill(self) -> None:
        """Ends the child and what it started. A thread is only let go."""
        atexit.unregister(self._on_exit)
        process, self._process = self._process, None
        conn, self._conn = self._conn, None
        last_words, self._last_words = self._last_words, None
        self._thread = None
        self._owed.clear()
        for pipe in (conn, last_words):
            if pipe is not None:
                pipe.close()
        if process is None or process.pid is None:
            return
        if sys.platform != "win32":  # there, what a job started itself outlives the child
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()  # it may have died before it had a group of its own
        process.join(host.EXIT_GRACE)


def _crashed(code: int | None, trace: str) -> Failed:
    hint = "Try again; a smaller size or fewer pictures at a time need less memory."
    if code == -9:  # nobody but the system kills it while it works
        return Failed(
            "crashed", "The system ended the generator, most likely for lack of memory.", hint
        )
    return Failed("crashed", f"The generator stopped unexpectedly (exit code {code}).", hint, trace)


def _unpack(body: Body) -> Body:
    try:
        match body:
            case Done(result):
                return Done(pickle.loads(result))  # noqa: S301 - from our own child
            case Produced(item):
                return Produced(pickle.loads(item))  # noqa: S301 - from our own child
    except Exception as error:  # noqa: BLE001 - a foreign __setstate__ may raise anything
        return Failed("bad_result", f"The result cannot be read: {error}")
    return body
