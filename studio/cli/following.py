"""Runs one job for the command line: progress on stderr, Ctrl+C cancels."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NoReturn, TextIO

from tqdm import tqdm

from pipelines import api
from pipelines.driver import Driver
from pipelines.how import How
from pipelines.ticket import Ticket
from studio.cli.terminal import printable

if TYPE_CHECKING:
    import argparse
    from types import FrameType

DONE, FAILED, WRONG, CANCELLED = 0, 1, 2, 130  # argparse itself leaves with WRONG

Take = Callable[[object], None]
Unit = Literal["step", "B"]


def follow(
    target: str, request: object, *, how: How, take: Take, quiet: bool, unit: Unit = "step"
) -> tuple[int, object]:
    """Runs the job to its end; returns the exit code and, if it is DONE, the result.

    `take` gets each finished part while the job's folder still exists; OSError from it fails the
    job. Messages go to stderr, unless `quiet` only failures do. `unit` is what its progress counts:
    the steps of pictures or bytes.
    """
    driver = Driver()
    with tempfile.TemporaryDirectory(prefix="fabula-") as folder:
        ticket = Ticket(target, request, folder, environment=how.to_environment())
        try:
            with _interruptible(driver, ticket):
                return _report(driver.run(ticket), take, quiet, unit)
        except OSError as error:
            say_failure(f"The picture could not be written: {error.strerror or error}.")
            return FAILED, None
        finally:
            driver.close()


def follow_bytes(target: str, request: object, options: argparse.Namespace) -> tuple[int, object]:
    """`follow` for what moves bytes; `options` are those of a verb with `--quiet` and `--json`."""
    quiet = options.quiet or options.json
    return follow(target, request, how=How(), take=lambda _item: None, quiet=quiet, unit="B")


def say_failure(message: str, hint: str = "") -> None:
    """One line on stderr."""
    print(printable(f"fabula: {message} {hint}".rstrip()), file=sys.stderr)


@contextmanager
def _interruptible(driver: Driver, ticket: Ticket) -> Iterator[None]:
    def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
        if ticket.cancelled:  # asked twice
            driver.stop()
        ticket.cancel()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _report(
    events: Iterator[api.Body], take: Take, quiet: bool, unit: Unit = "step"
) -> tuple[int, object]:
    with _Bar(sys.stderr, quiet, unit) as bar:
        for body in events:
            match body:
                case api.Loading(message):
                    bar.say(message)
                case api.Progress():
                    bar.show(body)
                case api.Produced(item):
                    take(item)
                case api.Done(result):
                    return DONE, result
                case api.Failed(code, message, hint, trace):
                    bar.close()
                    if code == "internal":  # whoever can read it finds the cause in the line before
                        print(trace.strip().splitlines()[-1], file=sys.stderr)
                    say_failure(message, hint)
                    return FAILED, None
                case api.Cancelled():
                    bar.close()
                    say_failure("Cancelled.")
                    return CANCELLED, None
    raise RuntimeError("a job ended without an outcome")


class _Bar:
    """A bar on a terminal, nothing in a log file: a line a step would drown it."""

    def __init__(self, stream: TextIO, quiet: bool, unit: Unit) -> None:
        self._hidden = quiet or not stream.isatty()
        self._stream, self._unit = stream, unit
        self._bar: tqdm[NoReturn] | None = None
        self._said = False  # a line without its end stands there

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def say(self, message: str) -> None:
        if not self._hidden:
            self._said = True
            print(f"\r\033[K{message} …", end="", file=self._stream, flush=True)

    def show(self, progress: api.Progress) -> None:
        if self._hidden:
            return
        if self._bar is None:
            self._take_back()
            self._bar = tqdm(
                total=progress.total,
                file=self._stream,
                unit=self._unit,
                unit_scale=self._unit == "B",
                leave=False,
            )
        picture = f"Picture {progress.part + 1} of {progress.parts}"
        self._bar.set_description(progress.message if self._unit == "B" else picture)
        self._bar.update(progress.step - self._bar.n)

    def close(self) -> None:
        self._take_back()
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _take_back(self) -> None:
        if self._said:
            print("\r\033[K", end="", file=self._stream, flush=True)
            self._said = False
