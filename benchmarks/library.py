"""The library with 50,000 pictures: first page, search, marks, scrolling, rebuilding its index.

The index has that many rows; behind them lie a few hundred real pictures, linked many times. The
panel is scrolled by a 60 Hz timer; a frame is dropped when the timer comes more than half a frame
late.
Run: python benchmarks/library.py [--pictures 50000]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.library import Library
    from studio.panels.library.panel import LibraryPanel

REAL = 400  # pictures
SIZES = ((1216, 832), (832, 1216), (1024, 1024), (1344, 768), (512, 768))
WORDS = (
    *("lighthouse", "evening", "harbour", "door", "light", "fog", "sea", "key", "red", "thread"),
    *("castle", "owl", "blue", "rocket", "lamp", "tom", "mara", "path", "seen", "from", "rain"),
    *("portrait", "painting", "ink", "wash", "detailed", "moon", "forest", "city", "street"),
)
FRAME = 1000 / 60  # milliseconds
SECONDS = 10  # of scrolling


def draw_pictures(folder: Path) -> list[Path]:
    """Real pictures with their recipes, noisy enough not to be decoded in no time."""
    from PIL import Image

    from pipelines.api import TextToImageRequest
    from pipelines.codec import to_json
    from pipelines.pictures import DigitalSource, save_picture
    from pipelines.recipe import Recipe

    folder.mkdir(parents=True)
    made = []
    for number in range(REAL):
        size = random.choice(SIZES)
        noise = Image.effect_noise((size[0] // 8, size[1] // 8), 90).resize(size).convert("RGB")
        prompt = _prompt()
        request = to_json(TextToImageRequest("/models/sdxl.safetensors", prompt, seed=number))
        path = folder / f"{number:05d}.png"
        recipe = Recipe(request, prompt, seed=number, width=size[0], height=size[1], steps=20)
        save_picture(noise, path, recipe, DigitalSource.GENERATED)
        made.append(path)
    return made


def fill(library: Library, db_path: Path, real: list[Path], count: int) -> None:
    """Rows as a rebuild would write them, over links to the real pictures."""
    from studio.database import transaction
    from studio.library_index import Entry, open_index, to_row, write_row

    now = datetime.now(UTC)
    rows = []
    for path in real:
        rows.append(to_row(library.folder, Entry(path, now, 8, 8)))
    db = open_index(db_path)
    with transaction(db):
        for number in range(count):
            row = rows[number % len(rows)]
            link = library.folder / "many" / f"{number:06d}.png"
            link.parent.mkdir(exist_ok=True)
            os.link(real[number % len(rows)], link)
            width, height = random.choice(SIZES)
            made = now - timedelta(minutes=7 * number)
            more = {
                "path": link.relative_to(library.folder).as_posix(),
                "made": made.isoformat(timespec="microseconds"),
                "width": width,
                "height": height,
                "model": random.choice(("sdxl", "starter-icons", "flux")),
                "prompt": _prompt(),
                "seed": str(random.randrange(2**32)),
                "fingerprint": f"{number:064x}",
                "source": random.choice(("", "/their/outputs")),
                "tool": random.choice(("fabula", "a1111", "comfyui")),
            }
            write_row(db, row | more)
    db.close()
    every_fifth = [f"{number:064x}" for number in range(0, count, 5)]
    for name in ("Covers", "Night", "Best of them"):
        library.marks.collect(library.marks.make(name).id, every_fifth)
    library.marks.star(every_fifth[::3], True)


def measure_search(library: Library, db_path: Path) -> None:
    from studio.library_query import LibraryReader, Query

    collection = library.marks.collections()[0].id
    reader = LibraryReader(db_path)
    names = list(reader.find(Query(), datetime.now().astimezone()).names)
    random.shuffle(names)
    now = datetime.now().astimezone()
    for name, query in (
        ("first page, all of them", Query()),
        ("search for two words", Query(words="lighthouse evening")),
        ("search for the beginning of a word", Query(words="l")),
        ("a model's of this month", Query(model="flux", period="month")),
        ("all in the order of their prompts", Query(order="prompt")),
        ("a collection", Query(collection=collection)),
        ("stars of another program", Query(kept=True, tool="comfyui", source="/their/outputs")),
        ("a seed", Query(seed=417_233_190)),
        ("everything at once", Query("l", "flux", True, "year", collection=collection)),
        ("as a search by meaning ranks them", Query(ranked=tuple(names))),
    ):
        reader.find(query, now)
        begun = time.perf_counter()
        found = reader.find(query, now)
        spent = (time.perf_counter() - begun) * 1000
        print(f"{name:38} {spent:6.0f} ms, {len(found.names)} found")
    reader.close()


def measure_marks(library: Library) -> None:
    """What a person waits for who stars a picture, or opens the menu of collections."""
    (path,) = (entry.path for entry in library.recent(1))
    for name, action in (
        ("starring a picture", lambda: library.keep(path, not library.get(path).kept)),
        ("the collections and their numbers", library.marks.collections),
    ):
        spent = []
        for _ in range(9):
            begun = time.perf_counter()
            action()
            spent.append((time.perf_counter() - begun) * 1000)
        print(f"{name:38} {sorted(spent)[4]:6.0f} ms")


def measure_panel(panel: LibraryPanel, wait: Callable[[Callable[[], bool]], None]) -> None:
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    begun = time.perf_counter()
    panel.resize(1000, 720)
    panel.show()
    wall = panel.view.wall
    wait(lambda: bool(wall._keys))
    wall.grab()
    print(f"{'panel shown with its rows':38} {(time.perf_counter() - begun) * 1000:6.0f} ms")
    bar = wall.verticalScrollBar()
    for name, pixels in (
        ("standing still", 0),  # what the machine itself drops
        ("scrolling 40 px a frame", 40),
        ("scrolling 400 px a frame", 400),
        ("once more, thumbnails in files", 400),
    ):
        bar.setValue(0)
        loop = QEventLoop()
        gaps: list[float] = []
        work: list[float] = []
        last = time.perf_counter()

        def tick(step: int = pixels, gaps: list[float] = gaps, work: list[float] = work) -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now
            bar.setValue(bar.value() + step if bar.value() < bar.maximum() - step else 0)
            wall.viewport().repaint()
            work.append((time.perf_counter() - now) * 1000)

        timer = QTimer(interval=round(FRAME), timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start()
        QTimer.singleShot(SECONDS * 1000, loop.quit)
        loop.exec()
        timer.stop()
        dropped = sum(gap > FRAME * 1.5 for gap in gaps[1:])
        share, longest = 100 * dropped / len(gaps), max(gaps[1:])
        work.sort()
        print(
            f"{name:38} {share:6.1f} % of {len(gaps)} frames dropped, longest {longest:.0f} ms;"
            f" a frame takes {work[len(work) // 2]:.1f} ms, the longest {work[-1]:.1f}"
        )


def measure_rebuild(folder: Path, real: list[Path]) -> None:
    from studio.library_job import read_facts
    from studio.library_rebuild import RebuildRequest, rebuild

    begun = time.perf_counter()
    done = rebuild(RebuildRequest(folder, folder.parent / "fresh.sqlite3"), read_facts)
    spent = time.perf_counter() - begun
    print(f"{'rebuilding the index':38} {done.read / spent:6.0f} files a second, {done.read} read")


def _prompt() -> str:
    return ", ".join(" ".join(random.choices(WORDS, k=3)) for _ in range(6))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=50_000)
    options = parser.parse_args()
    random.seed(1)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["FABULA_HOME"] = home
        from PySide6.QtWidgets import QApplication

        from studio import theme
        from studio.library import Library
        from studio.panels.library.panel import LibraryPanel
        from studio.paths import Paths
        from tests.studio.panels.library.fakes import Window

        application = QApplication([])
        theme.current().set("dark")
        paths = Paths.default()
        real = draw_pictures(paths.library / "real")
        measure_rebuild(paths.library, real)
        window = Window(Path(home) / "window")
        fill(window.library, window.index, _moved(real, window.library), options.pictures)
        measure_search(window.library, window.index)
        measure_marks(window.library)
        begun = time.perf_counter()
        Library(window.library.folder, window.index).close()
        print(f"{'opening the index':38} {(time.perf_counter() - begun) * 1000:6.0f} ms")
        panel = LibraryPanel(window.context)

        def wait(done: Callable[[], bool]) -> None:
            while not done():
                application.processEvents()
                time.sleep(0.001)

        measure_panel(panel, wait)
        panel._looking.finish()
        panel._thumbnails.finish()
        panel._loader.finish()
        window.close()


def _moved(real: list[Path], library: Library) -> list[Path]:
    """The real pictures below the library's own folder."""
    target = library.folder / "real"
    target.parent.mkdir(parents=True, exist_ok=True)
    real[0].parent.rename(target)
    return [target / path.name for path in real]


if __name__ == "__main__":
    main()
