"""A story bible of 2,000 entries: opening, typing, searching, renaming, and the longest stall.

A 5 ms timer runs in the GUI thread; a stall is how late it came while a step was done. The project
lies on a real disk, so the steps that change something wait for it.
Run: python benchmarks/bible.py [--entries 2000]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

if TYPE_CHECKING:
    from collections.abc import Callable

TICK = 0.005  # seconds
SETTLE_MS = 500


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    count = parser.parse_args().entries
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from studio import theme
    from studio.panels.bible.panel import BiblePanel
    from tests.studio.panels.bible.fakes import MARA, Window, many

    application = QApplication([])
    theme.current().set("dark")
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last - TICK)
        last = now

    timer = QTimer(application, interval=round(TICK * 1000))
    timer.timeout.connect(tick)
    timer.start()

    def measure(name: str, do: Callable[[], object]) -> None:
        gaps.clear()
        begun = time.perf_counter()
        do()
        returned = time.perf_counter() - begun
        QTest.qWait(SETTLE_MS)
        print(f"{name:28} {returned * 1000:7.1f} ms, longest stall {max(gaps) * 1000:6.1f} ms")

    with tempfile.TemporaryDirectory() as folder:
        window = Window(Path(folder))
        window.put(MARA, *many(count))
        QTest.qWait(SETTLE_MS)
        panel = None

        def build() -> None:
            nonlocal panel
            panel = BiblePanel(window.context)
            panel.resize(976, 720)
            panel.show()

        measure("open", build)
        assert panel is not None
        shown, field = panel, panel.view.bar.field
        measure("first letter of a search", lambda: field.setText("n"))
        measure("second letter", lambda: field.setText("nu"))
        measure("a kind", lambda: shown.view.bar.kinds.chosen.emit("Places"))
        measure("all again", lambda: shown.view.show_all.click())
        measure("another entry", lambda: shown.show_entry(f"{count // 2:012x}"))
        measure("a letter of its prompt", lambda: shown.inspector.prompt.insertPlainText("x"))
        measure("a tag", lambda: shown.view.card.tags.words_edited.emit(("sea",)))
        measure("rename", lambda: shown.view.card.head.renamed.emit("Somebody"))
        measure("undo", window.project.undo)
        window.close()


if __name__ == "__main__":
    main()
