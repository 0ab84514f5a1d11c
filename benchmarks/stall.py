"""The longest time the window does not answer while a model is imported, loaded and run.

A 5 ms timer in the GUI thread notes the gaps between its ticks.
Run: python benchmarks/stall.py
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

TICK = 5  # milliseconds


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["FABULA_HOME"] = tempfile.mkdtemp()
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from pipelines.api import TextToImageRequest
    from studio.app import Studio
    from studio.messages import Messages
    from studio.paths import Paths

    application = QApplication([])
    studio = Studio(Paths.default(), Messages())
    studio.window.resize(1440, 900)
    studio.window.show()
    painted = time.perf_counter() + 0.5
    while not studio.ready or time.perf_counter() < painted:
        application.processEvents()  # building and painting the window is start-up, not a stall
    gaps: list[tuple[float, str]] = []
    last, phase = time.perf_counter(), "warming up"

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(((now - last) * 1000, phase))
        last = now

    timer = QTimer(interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    model = studio.context.models.models[0]
    request = TextToImageRequest(
        str(model.path), "a castle", width=128, height=128, steps=20, guidance=3.0, count=8
    )
    job = studio.context.jobs.submit(request, title="benchmark")

    def name(text: str) -> None:
        nonlocal phase
        phase = text

    job.load_progressed.connect(lambda _message: name("importing and loading"))
    job.started.connect(lambda: name("drawing"))
    job.settled.connect(lambda: application.exit(0))  # quit() would close the window first
    application.exec()
    timer.stop()
    studio.window.close()
    studio.close()
    print(f"{job.state.value}, {len(gaps)} ticks of {TICK} ms")
    for part in dict.fromkeys(phase for _, phase in gaps):
        found = sorted((gap for gap, where in gaps if where == part), reverse=True)
        print(f"{part:24} longest gap {found[0]:5.1f} ms, {sum(g > 50 for g in found)} over 50 ms")


if __name__ == "__main__":
    main()
