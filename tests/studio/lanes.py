"""A queue whose lanes really run, for what the window asks about files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipelines.driver import Driver
from studio.jobs.lane import Lane
from studio.jobs.service import JobService
from studio.jobs.spool import Spool
from studio.jobs.store import JobStore
from tests.studio.scenery import Nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


TORCH_FREE = {"pipelines.io_tasks", "studio.library_job", "studio.library_import"}


@pytest.fixture
def io_jobs(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[JobService]:
    """Its lane works in a thread of this process; in a child where a parameter says "process"."""
    isolated = getattr(request, "param", "") == "process"
    jobs = JobService(JobStore(tmp_path / "queue.sqlite3"), Spool(tmp_path / "spool"), Nowhere())
    jobs.start({"io": Lane(Driver(isolated=isolated, torch_free=TORCH_FREE))})
    yield jobs
    jobs.shutdown()
