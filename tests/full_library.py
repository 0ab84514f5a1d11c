"""Draws into a library on a full disk, then starts again with room; prints what was found as JSON.

The library's folder, `Fabula` in the folder that is given, is a disk that can be made larger.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tests.queue_world import GOOD, QueueWorld


def say(world: QueueWorld, told: tuple[str, ...]) -> None:
    entries = world.library.recent()
    facts = {
        "told": told,
        "files": sorted(path.name for path in world.library.folder.rglob("*") if path.is_file()),
        "entries": sorted(entry.path.name for entry in entries),
        "prompts": sorted({entry.prompt for entry in entries}),
        "spooled": world.spooled(),
        "stopped": [job.title for job in world.jobs.stopped()],
    }
    sys.stdout.write(json.dumps(facts) + "\n")


def main(folder: Path) -> None:
    application = QCoreApplication([])
    world = QueueWorld(folder)
    job = world.settled(world.jobs.submit(replace(GOOD, count=9), title="foxes"))
    failure = job.failure
    say(world, (failure.code, failure.message, failure.hint) if failure else ())
    world.close()
    subprocess.run(["mount", "-o", "remount,size=64m", world.library.folder], check=True)
    world = QueueWorld(folder)
    say(world, ())
    world.close()
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
