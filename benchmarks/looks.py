"""Small pictures of every look for one picture, in the real window, against the raw network calls.

A 5 ms timer runs in the GUI thread; a stall is how late it came. The starter set has to be
installed. The first picture warms the child, the next ones are measured.
Run: OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen taskset -c 0 python benchmarks/looks.py [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from style import raw_painting, raw_vintage

from pipelines.starters.places import starters_folder
from studio.app import Studio
from studio.messages import Messages
from studio.panels.style.panel import StylePanel
from studio.paths import Paths
from studio.style_job import SIDE

PAINTINGS = 26
SIZE = (1536, 1024)
NETWORK_SIDE = 384  # of the painting styles' input


def scene(seed: int) -> Image.Image:
    """Soft colours that are others for every seed."""
    noise = np.random.default_rng(seed).integers(0, 255, (12, 18, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize(SIZE, Image.Resampling.BICUBIC)


def raw_seconds(picture: Image.Image) -> float:
    """The networks alone, warm: one GAN, and every painting style once."""
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    pixels, square = np.asarray(small), np.asarray(picture.resize((NETWORK_SIDE, NETWORK_SIDE)))
    gan, painting = raw_vintage(), raw_painting()
    gan(pixels)
    painting(square)
    began = time.perf_counter()
    gan(pixels)
    for _ in range(PAINTINGS):
        painting(square)
    return time.perf_counter() - began


def wait_for(is_true: Callable[[], bool]) -> list[float]:
    """Runs the program until it is true; returns how late each turn of a 5 ms timer came."""
    loop, gaps, last = QEventLoop(), [0.0], time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last - 0.005)
        last = now
        if is_true():
            loop.quit()

    timer = QTimer(interval=5)
    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
    timer.stop()
    return gaps


def all_drawn(panel: StylePanel, path: Path) -> bool:
    """Whether every look of this picture can be seen."""
    cells = panel.view.strip.looks.cells()
    shown = panel.state.picture == str(path)
    return shown and bool(cells) and all(cell.path for cell in cells)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    starters = starters_folder()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FABULA_HOME"] = folder
        starters_folder().parent.mkdir(parents=True)
        starters_folder().symlink_to(starters)
        _application = QApplication([])
        studio = Studio(Paths.default(), Messages())
        studio.window.show()
        wait_for(lambda: studio.ready)
        studio.window.show_panel("style")
        panel = studio.window.panel("style")
        assert isinstance(panel, StylePanel)
        took, stalls = [], []
        for number in range(rounds + 1):
            path = Path(folder, f"picture{number}.png")
            scene(number).save(path)
            began = time.perf_counter()
            panel.open_picture(path)
            gaps = wait_for(partial(all_drawn, panel, path))
            if number:
                took.append(time.perf_counter() - began)
                stalls.append(max(gaps))
        studio.window.close()
        studio.close()
    raw = raw_seconds(scene(1))
    seconds = statistics.median(took)
    print(
        f"{PAINTINGS + 1} looks: {seconds:.2f} s, networks alone {raw:.2f} s: {seconds / raw:.2f} ×"
    )
    print(f"longest stall {max(stalls) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
