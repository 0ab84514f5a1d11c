"""How long the window takes to close with ten jobs in the queue, one of them drawing.

Run: OMP_NUM_THREADS=1 python benchmarks/close.py
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

JOBS = 10


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["FABULA_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    from pipelines.api import TextToImageRequest
    from studio.app import Studio
    from studio.messages import Messages
    from studio.paths import Paths
    from studio.settings_table import CONFIRM_QUIT_WITH_JOBS

    application = QApplication([])
    studio = Studio(Paths.default(), Messages())
    studio.window.show()
    while not studio.ready:
        application.processEvents()
    studio.context.settings.set(CONFIRM_QUIT_WITH_JOBS, False)
    model = studio.context.models.models[0]
    request = TextToImageRequest(str(model.path), "a castle", steps=500, count=50)
    jobs = [studio.context.jobs.submit(request, title="benchmark") for _ in range(JOBS)]
    while jobs[0].progress is None:
        application.processEvents()
    began = time.perf_counter()
    studio.window.close()
    studio.close()
    seconds = time.perf_counter() - began
    print(f"closed with {JOBS} jobs after {seconds:.2f} s, {seconds / 2:.2f} of the allowed two")


if __name__ == "__main__":
    main()
