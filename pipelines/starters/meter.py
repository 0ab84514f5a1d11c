"""Counts the bytes of an installation for its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.api import JobContext
    from pipelines.starters.manifest import Starter


class Meter:
    """Says how far all of some starters are: bytes that were fetched and bytes that were unpacked.

    Every call also waits while the job is paused and raises JobCancelled when it is cancelled.
    """

    def __init__(self, ctx: JobContext, starters: Sequence[Starter]) -> None:
        self._ctx, self._starters = ctx, starters
        self._total = sum(work_of(each) for each in starters)
        self._before = 0  # bytes of the starters that are done
        self._fetched = self._unpacked = self._part = 0
        self._message = ""

    def begin(self, starter: Starter) -> None:
        self._part = self._starters.index(starter)
        self._before = sum(work_of(each) for each in self._starters[: self._part])
        self._fetched = self._unpacked = 0
        self.say(f"Fetching {starter.title}")

    def say(self, message: str) -> None:
        self._message = message
        self._tell()

    def fetched(self, size: int) -> None:
        """`size` bytes of this starter's package are here."""
        self._fetched = size
        self._tell()

    def unpacked(self, size: int) -> None:
        """`size` more bytes of this starter's files are written."""
        self._unpacked += size
        self._tell()

    def check(self) -> None:
        """Nothing new, but somebody may have cancelled."""
        self._ctx.check()

    def _tell(self) -> None:
        done = self._before + self._fetched + self._unpacked
        self._ctx.progress(done, self._total, self._message, self._part, len(self._starters))


def work_of(starter: Starter) -> int:
    """Bytes that are fetched and unpacked for it."""
    return starter.wheel_pin.size + sum(file.packed.size for file in starter.files)
