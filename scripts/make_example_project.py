"""Writes an example of a project for the tests: a file of the newest schema, to be kept forever.

Run once for every released schema: python scripts/make_example_project.py
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from studio.document.assets import Asset  # noqa: E402
from studio.document.documents import Change, Document  # noqa: E402
from studio.document.opening import new_project  # noqa: E402
from studio.document.schema import NEWEST  # noqa: E402

EXAMPLES = ROOT / "tests" / "document" / "examples"


def main() -> None:
    import io

    from PIL import Image

    target = EXAMPLES / f"schema-{NEWEST}.fabula"
    if target.exists():
        sys.exit(f"{target} is there already, and a released schema never changes.")
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), (200, 60, 40)).save(buffer, "PNG")
    picture = Asset.from_bytes(buffer.getvalue())
    notes = Asset.from_bytes("Grüße, 帽子\n".encode(), "text/plain")
    mara = {"name": "Mara", "aliases": ["Captain"], "portrait": picture.hash, "notes": notes.hash}
    documents = (
        Document.make("bible/mara", "character", mara),
        Document.make("bible/pier", "place", {"name": "Pier 帽子", "tags": []}),
        Document("later", "hologram", '{ "z" : 1.50, "a":"\\u00e9 \\ud800", "deep":[[{}]] }'),
    )
    with tempfile.TemporaryDirectory() as folder, closing(new_project(Path(folder))) as project:
        project.apply(Change(puts=documents, assets=(picture, notes)))
        project.save_as(target)
    print(target)


if __name__ == "__main__":
    main()
