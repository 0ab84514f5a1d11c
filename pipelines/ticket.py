"""A request on its way, and what is wished of it. Light: the window makes one for every job."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping
from types import MappingProxyType


class Ticket:
    """A request and the wishes about it. `cancel` and `pause` may be called from any thread.

    `folder` is where the job may write files; the caller makes and removes it. `environment` are
    variables that a child sets before the job: what decides how it is done, not what comes out
    (see `pipelines.how`).
    """

    def __init__(
        self,
        target: str,
        request: object,
        folder: str = "",
        job_id: str = "",
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.id = job_id or uuid.uuid4().hex
        self.target, self.request, self.folder = target, request, folder
        self.environment = dict(environment)
        self._cancelled = threading.Event()
        self._paused = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def pause(self, on: bool = True) -> None:
        if on:
            self._paused.set()
        else:
            self._paused.clear()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def paused(self) -> bool:
        return self._paused.is_set()
