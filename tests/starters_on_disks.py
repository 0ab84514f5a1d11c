"""Installs on a disk that fills up and on a read-only one; prints what became of it as JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pipelines.api import PipelineError
from pipelines.starters import install as module
from pipelines.starters.places import starters_folder
from pipelines.starters.requests import InstallRequest
from tests.scripted_context import ScriptedContext
from tests.tiny_starters import MEMBERS, NAME, make_starter, make_wheel


@dataclass
class FillingContext(ScriptedContext):
    """Somebody else takes what is left of the disk while pip fetches."""

    def check(self) -> None:
        super().check()
        filler = self.folder / "filler"
        if self.progressed and self.folder.name == "full" and not filler.exists():
            room = os.statvfs(self.folder)
            with filler.open("wb") as file:
                file.write(bytes(room.f_bavail * room.f_bsize - 65536))


def main(root: Path) -> None:
    wheel = make_wheel(root / "shop", {**MEMBERS, f"{NAME}/noise": os.urandom(500_000)})
    os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheel.parent))
    module._RESERVE = 0
    for name in ("full", "read-only"):
        os.environ["FABULA_HOME"] = str(root / name)
        context = FillingContext(root / name)
        try:
            module.install_from((make_starter(wheel),), InstallRequest(), context)
        except PipelineError as error:
            folder = starters_folder()
            left = [path.name for path in folder.glob("*")] if folder.exists() else []
            told = {"code": error.code, "message": str(error), "hint": error.hint}
            sys.stdout.write(json.dumps({**told, "left": [n for n in left if n != ".lock"]}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
