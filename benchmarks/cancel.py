"""How soon a cancel settles: while drawing against one step, and at once while loading.

The model is the starter at a size where one step takes about a second.
Run: OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/cancel.py
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines.api import Done, Loading, Progress, TextToImageRequest
from pipelines.assets import assets_folder
from pipelines.driver import Driver
from pipelines.ticket import Ticket

MODEL = assets_folder() / "models" / "starter-icons"
TARGET = "pipelines.text_to_image:TextToImage"
SIDE = 1024


def settle(
    driver: Driver, request: TextToImageRequest, folder: str, when: type, later: float = 0.0
) -> float:
    """Seconds from a cancel to the end of the job; `later` s after the second `when` event."""
    ticket = Ticket(TARGET, request, folder)
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.perf_counter())
        ticket.cancel()

    seen = 0
    for body in driver.run(ticket):
        seen += isinstance(body, when)
        if seen == 2 and isinstance(body, when):
            threading.Timer(later, ask).start()
    return time.perf_counter() - asked[0]


def step_seconds(driver: Driver, request: TextToImageRequest, folder: str) -> float:
    """The time between the first and the last step, by the number of steps."""
    times = [
        time.perf_counter()
        for body in driver.run(Ticket(TARGET, request, folder))
        if isinstance(body, Progress)
    ]
    return (times[-1] - times[0]) / (len(times) - 1)


def main() -> None:
    os.environ["FABULA_HOME"] = tempfile.mkdtemp()
    with tempfile.TemporaryDirectory() as folder:
        slow = TextToImageRequest(
            str(MODEL), "a castle", width=SIDE, height=SIDE, steps=4, guidance=3.0
        )
        driver = Driver()
        print(f"while importing   settled after {settle(driver, slow, folder, Loading):.3f} s")
        step = step_seconds(driver, slow, folder)
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            took = settle(driver, slow, folder, Progress, step * share)
            print(
                f"at {share:.0%} of a step    settled after {took:.3f} s; one step takes "
                f"{step:.2f} s, ratio {took / step:.2f}"
            )
        quick = TextToImageRequest(str(MODEL), "a castle", width=128, height=128, steps=4)
        ends = list(driver.run(Ticket(TARGET, quick, folder)))
        print(f"afterwards        the same child draws: {isinstance(ends[-1], Done)}")
        driver.close()


if __name__ == "__main__":
    main()
