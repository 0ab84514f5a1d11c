"""The messages between driver and host. They hold plain values only, so they always unpickle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.api import Body


@dataclass(frozen=True, slots=True)
class Run:
    """To the host: a job. `request` is pickled apart, so one that cannot be read fails alone."""

    job_id: str
    target: str  # "package.module:Class" or "package.module:function"
    request: bytes
    folder: str
    environment: Mapping[str, str]  # set in the child before the job: device, previews


@dataclass(frozen=True, slots=True)
class Cancel:
    job_id: str


@dataclass(frozen=True, slots=True)
class Pause:
    job_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class Event:
    """From the host. Done and Produced carry their value pickled."""

    job_id: str
    body: Body


Message = Run | Cancel | Pause
