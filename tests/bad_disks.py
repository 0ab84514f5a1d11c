"""Draws into folders on a full, a read-only and a good disk; prints what became of each as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pipelines.api import Body, Failed, Picture, Produced, TextToImageRequest
from pipelines.driver import Driver
from pipelines.how import How
from pipelines.shipped import shipped_models
from pipelines.ticket import Ticket

FOLDERS = ("full", "read-only", "good")


def summary(events: list[Body]) -> dict[str, Any]:
    last = events[-1]
    items = [event.item for event in events if isinstance(event, Produced)]
    told = (last.code, last.message, last.hint) if isinstance(last, Failed) else ()
    return {
        "outcome": type(last).__name__,
        "told": told,
        "pictures": [Path(item.path).name for item in items if isinstance(item, Picture)],
    }


def main(root: Path) -> None:
    driver = Driver()
    request = TextToImageRequest(str(shipped_models()[0].path), "a fox", steps=1, count=9)
    for name in FOLDERS:
        ticket = Ticket(
            "pipelines.text_to_image:TextToImage",
            request,
            str(root / name),
            environment=How("cpu", previews=False).to_environment(),
        )
        found = summary(list(driver.run(ticket)))
        found["files"] = sorted(path.name for path in (root / name).iterdir())
        sys.stdout.write(json.dumps(found) + "\n")
    driver.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
