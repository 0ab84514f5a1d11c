"""Styles pictures with the network `tiny` until a small disk is full; says what happened."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PIL import Image

from pipelines.api import Failed, Picture, Produced
from pipelines.driver import Driver
from pipelines.enhance_requests import StyleRequest
from pipelines.ticket import Ticket


def main(root: Path) -> None:
    images = []
    for number in range(9):
        path = root / f"{number}.png"
        Image.effect_noise((90, 60), 90).convert("RGB").save(path)
        images.append(str(path))
    driver = Driver()
    ticket = Ticket(
        "pipelines.style.pipeline:Style",
        StyleRequest(tuple(images), str(root / "tiny.safetensors")),
        str(root / "full"),
    )
    events = list(driver.run(ticket))
    driver.close()
    last = events[-1]
    items = [event.item for event in events if isinstance(event, Produced)]
    found = {
        "code": last.code if isinstance(last, Failed) else "",
        "pictures": [Path(item.path).name for item in items if isinstance(item, Picture)],
        "files": sorted(path.name for path in (root / "full").iterdir()),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
