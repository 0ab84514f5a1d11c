"""A child that draws all day does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from pipelines.api import Done
from pipelines.driver import Driver
from pipelines.how import How
from pipelines.ticket import Ticket
from tests.pipelines.yardstick import request_for

MB = 1024**2


@pytest.fixture
def driver(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    monkeypatch.setenv("FABULA_HOME", str(shared_home))
    made = Driver()
    yield made
    made.close()


@pytest.mark.slow
def test_memory_stays_the_same_from_the_fiftieth_job_on(
    driver: Driver, tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    request = request_for(tiny("sd1"), "sd1")
    schedulers = ("", "Euler a", "DPM++ 2M Karras")
    used = {}
    for number in range(1, 151):
        ticket = Ticket(
            "pipelines.text_to_image:TextToImage",
            replace(request, seed=number, scheduler=schedulers[number % 3]),
            str(tmp_path),
            environment=How("cpu").to_environment(),
        )
        assert isinstance(list(driver.run(ticket))[-1], Done)
        assert driver.pid is not None
        used[number] = psutil.Process(driver.pid).memory_info().rss
    assert used[150] - used[50] < 30 * MB
