"""How long a 200 MB project takes to save, compared with a plain copy of the file with fsync, and
how long a small edit takes until it is durable.

Run: python benchmarks/save.py [FOLDER]
"""

from __future__ import annotations

import os
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QCoreApplication

sys.path.insert(0, str(Path(__file__).parent.parent))

from studio.document.assets import Asset
from studio.document.documents import Change, Document
from studio.document.opening import new_project, open_project
from studio.messages import Messages
from studio.open_project import OpenProject

PICTURES, PICTURE_BYTES = 100, 2_000_000
ROUNDS, EDITS = 9, 500
MOST_RATIO, MOST_MILLISECONDS = 2.0, 10.0


def main() -> None:
    application = QCoreApplication([])
    place = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        _measure(Path(folder))
    application.shutdown()


def _measure(folder: Path) -> None:
    file, root = folder / "big.fabula", folder / "projects"
    with closing(new_project(root)) as project:
        for number in range(PICTURES):
            picture = Asset.from_bytes(secrets.token_bytes(PICTURE_BYTES), "image/png")
            shot = Document.make(f"shot-{number}", "shot", {"picture": picture.hash})
            project.apply(Change(puts=(shot,), assets=(picture,)))
        project.save_as(file)
    began = time.perf_counter()
    with closing(open_project(file, root)) as project:
        desk = OpenProject(project, Messages())
        print(f"open {file.stat().st_size / 1e6:.0f} MB: {time.perf_counter() - began:.2f} s")
        edits = []
        for number in range(EDITS):
            note = Document.make("note", "note", {"text": "a few words " * 20, "n": number})
            began = time.perf_counter()
            desk.edit("Write a note", Change(puts=(note,)))
            edits.append((time.perf_counter() - began) * 1000)
        saves, copies = [], []
        for number in range(ROUNDS):  # in turn, because disks have moods
            project.apply(Change(puts=(Document.make("note", "note", {"round": number}),)))
            began = time.perf_counter()
            project.save()
            saves.append(time.perf_counter() - began)
            began = time.perf_counter()
            _copy(file, folder / "copy")
            copies.append(time.perf_counter() - began)
            (folder / "copy").unlink()
            for backup in folder.glob("big.fabula~*"):
                backup.unlink()
    save, copy = statistics.median(saves), statistics.median(copies)
    edit, worst = statistics.median(edits), max(edits)
    print(f"save {save:.2f} s, copy with fsync {copy:.2f} s: {save / copy:.2f} of at most 2 times")
    print(f"small edit until durable: median {edit:.2f} ms of at most 10, worst {worst:.1f} ms")
    if save / copy > MOST_RATIO or edit > MOST_MILLISECONDS:
        sys.exit("too slow")


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("xb") as new:
        shutil.copyfileobj(old, new, 1024 * 1024)
        new.flush()
        os.fsync(new.fileno())


if __name__ == "__main__":
    main()
