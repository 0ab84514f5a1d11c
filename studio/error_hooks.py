"""Errors that nobody expected: they reach the log and one banner, never a traceback dialog."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING

from studio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

_log = logging.getLogger(__name__)

_SILENCE = 5.0  # seconds


def install_hooks(report: Callable[[Problem], None]) -> None:
    """Logs every exception that nobody caught, and reports it as a problem.

    `report` is called in the thread that raised, so it has to be safe from any thread: emit a
    signal. One place that fails again and again, as a paint event does, is reported every 5 s.
    What fails while an object is deleted is logged only: there is nothing a person could do.
    """
    limit = _RateLimit()

    def handle(error: BaseException, where: str) -> None:
        _log.error("uncaught in %s", where, exc_info=error)
        if limit.allows(error):
            report(unexpected(error))

    def on_main(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            handle(error, "the main thread")
        else:  # Ctrl+C
            sys.__excepthook__(kind, error, trace)

    def on_thread(arguments: threading.ExceptHookArgs) -> None:
        if isinstance(arguments.exc_value, Exception):  # SystemExit only ends the thread
            name = arguments.thread.name if arguments.thread else "a thread"
            handle(arguments.exc_value, name)

    def on_unraisable(arguments: sys.UnraisableHookArgs) -> None:
        where = arguments.err_msg or "uncaught in"
        _log.error("%s: %r", where, arguments.object, exc_info=arguments.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread
    sys.unraisablehook = on_unraisable


def unexpected(error: BaseException) -> Problem:
    """An exception as a banner shows it."""
    return Problem(
        "Something in the program failed.",
        "Your work is kept. Copy the details if you want to report it.",
        "".join(traceback.format_exception(error)),
        "unexpected",
    )


def watch_for_crashes(crash_file: Path) -> str:
    """Has native crashes write where they happened to `crash_file`, to the end of the process.

    Returns what a crash of the last run wrote there, or "". For the one process that has the
    window. Raises OSError.
    """
    crash_file.parent.mkdir(parents=True, exist_ok=True)
    file = crash_file.open("a+", encoding="utf-8", errors="replace")
    file.seek(0)
    last = file.read()
    file.truncate(0)
    faulthandler.enable(file)  # keeps the file open
    return last


class _RateLimit:
    """Lets the same exception from the same line pass once in 5 s."""

    def __init__(self) -> None:
        self._passed: dict[tuple[type[BaseException], str], float] = {}

    def allows(self, error: BaseException) -> bool:
        line = "".join(traceback.format_tb(error.__traceback__)[-1:])
        place, now = (type(error), line), time.monotonic()
        if now - self._passed.get(place, -_SILENCE) < _SILENCE:
            return False
        self._passed[place] = now
        return True
