"""Where starters are installed, and which are."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from pipelines.atomic import write_json
from pipelines.cache import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.starters.manifest import Starter

FACTS = "fabula.json"
"""What the program knows of the model in a folder; a starter's folder has it from the first."""

STAGING = ".part-"
"""Begins the names of folders in which an installation is under way."""


def starters_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds a folder for each installed starter. It may not exist yet."""
    return data_folder(environ) / "models" / "starters"


def installed_folder(starter: Starter, folder: Path | None = None) -> Path | None:
    """Where this starter lies; None if it is not installed, or as another version of it.

    All its files are there with their right sizes; `upkeep.verify` looks inside them.
    """
    place = (folder or starters_folder()) / starter.id
    try:
        facts = json.loads((place / FACTS).read_bytes())
        sizes = {file.name: (place / file.name).stat().st_size for file in starter.files}
    except (OSError, ValueError):
        return None
    if not isinstance(facts, dict) or facts.get("source") != source_of(starter):
        return None
    whole = all(sizes[file.name] == file.installed.size for file in starter.files)
    return place if whole else None


def source_of(starter: Starter) -> dict[str, str]:
    """What a folder says of the package it was taken from."""
    return {"requirement": starter.requirement, "sha256": starter.wheel_pin.sha256}


def write_facts(starter: Starter, folder: Path) -> None:
    """Writes what the program knows of the starter beside its files. Raises OSError."""
    write_json(
        folder / FACTS,
        {
            "title": starter.title,
            "kind": starter.kind,
            "family": starter.family,
            "licence": starter.licence,
            "description": starter.purpose,
            "source": source_of(starter),
            "defaults": dict(starter.defaults),
        },
    )
