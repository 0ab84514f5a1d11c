"""Makes the sample project that comes with the program: assets/projects/the_lighthouse.fabula.

The portraits are drawn by the starter model. Run: python scripts/make_sample_project.py
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sample_story import ENTRIES, PORTRAITS  # noqa: E402

from pipelines.api import Failed, Picture, Produced, TextToImageRequest  # noqa: E402
from pipelines.driver import Driver  # noqa: E402
from pipelines.ticket import Ticket  # noqa: E402
from studio import registry  # noqa: E402
from studio.document.assets import Asset  # noqa: E402
from studio.document.bible.entry import Entry, Reference  # noqa: E402
from studio.document.bible.entry_json import entry_document  # noqa: E402
from studio.document.documents import Change  # noqa: E402
from studio.document.opening import new_project  # noqa: E402

TARGET = ROOT / "assets" / "projects" / "the_lighthouse.fabula"
MODELS = ROOT / "assets" / "models"
GUIDANCE = 3.0
SEED = 1


def main() -> None:
    portraits = draw(PORTRAITS)
    entries = (with_portrait(entry, portraits.get(entry.id)) for entry in ENTRIES)
    documents = tuple(entry_document(entry) for entry in entries)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.unlink(missing_ok=True)  # or a backup of it would be kept beside it
    with tempfile.TemporaryDirectory() as folder, closing(new_project(Path(folder))) as project:
        project.apply(Change(puts=documents, assets=tuple(portraits.values())))
        project.save_as(TARGET)
    print(f"{TARGET}: {len(documents)} entries, {TARGET.stat().st_size:,} bytes")


def with_portrait(entry: Entry, portrait: Asset | None) -> Entry:
    if portrait is None:
        return entry
    reference = Reference(portrait.hash, PORTRAITS[entry.id].partition(" on a ")[0])
    return replace(entry, references=(reference,), portrait=portrait.hash)


def draw(prompts: dict[str, str]) -> dict[str, Asset]:
    """A picture for each prompt, with its recipe inside."""
    driver = Driver()
    # Pictures name the model by the path that was asked for: no folder of this machine's.
    with contextlib.chdir(MODELS), closing(driver):
        driver.start()
        return {name: _drawn(driver, prompt) for name, prompt in prompts.items()}


def _drawn(driver: Driver, prompt: str) -> Asset:
    request = TextToImageRequest("starter-icons", prompt, guidance=GUIDANCE, seed=SEED)
    with tempfile.TemporaryDirectory() as folder:
        target = registry.pipeline(request.kind).target
        for body in driver.run(Ticket(target, request, folder)):
            match body:
                case Produced(Picture(path=path)):
                    drawn = Asset.from_path(Path(path))
                case Failed(_, message):
                    sys.exit(f"{prompt}: {message}")
    return drawn


if __name__ == "__main__":
    main()
