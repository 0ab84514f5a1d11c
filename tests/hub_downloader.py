"""Downloads a model in a process of its own, for tests that kill it or fill its disk."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from pipelines.api import PipelineError
from pipelines.hub.ask import ask
from pipelines.hub.cache_layout import parts_folder
from pipelines.hub.download import download
from pipelines.hub.requests import HubQuestion
from pipelines.model_search import hub_cache_folder
from tests.fake_hub import FakeHub, serve
from tests.scripted_context import ScriptedContext


def main(folder: Path) -> None:
    """Of a hub that runs already; the disk of `folder` is the cache's."""
    context = ScriptedContext(folder)
    download(ask(HubQuestion("org/tiny"), context), context)


class FillingContext(ScriptedContext):
    """Somebody else takes what is left of the disk meanwhile."""

    def check(self) -> None:
        super().check()
        filler = self.folder / "filler"
        if any(each.total for each in self.progressed) and not filler.exists():
            room = os.statvfs(self.folder)
            with filler.open("wb") as file:
                file.write(bytes(room.f_bavail * room.f_bsize - 65536))


def on_disks(root: Path) -> None:
    """On a disk that is too small, one that fills up, and one that cannot be written."""
    with serve(FakeHub({"org/tiny": {"a.json": b"{}", "b.safetensors": bytes(3_000_000)}})) as hub:
        os.environ["HF_ENDPOINT"] = hub.url
        for name, kind in (
            ("small", ScriptedContext),
            ("full", FillingContext),
            ("ro", ScriptedContext),
        ):
            os.environ["HF_HOME"] = str(root / name / "hf")
            context = kind(root / name)
            offer = ask(HubQuestion("org/tiny"), context)
            try:
                download(offer, context)
            except PipelineError as error:
                told = {"name": name, "code": error.code, "message": str(error)}
                left = sorted(path.suffix for path in parts_folder().glob("*.part"))
                cached = hub_cache_folder().exists()
                sys.stdout.write(json.dumps({**told, "left": left, "cached": cached}) + "\n")


if __name__ == "__main__":
    if "HF_ENDPOINT" in os.environ:
        main(Path(sys.argv[1]))
    else:
        on_disks(Path(sys.argv[1]))
