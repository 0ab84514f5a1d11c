"""Where the program keeps what a person made, and what may be deleted. No Qt."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.starters.places import starters_folder
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.paths import Paths


@dataclass(frozen=True, slots=True)
class DataPlace:
    """`title` and `help` are to be translated in the context "DataPlaces"."""

    title: str
    path: Path
    help: str


def data_places(
    paths: Paths, library: Path, project: Path | None, models: tuple[Path, ...]
) -> tuple[DataPlace, ...]:
    """Every place; `project` is the file that is open, `models` the folders of the settings."""
    mine = QT_TRANSLATE_NOOP("DataPlaces", "Your project. Its backups lie beside it and end in ~.")
    theirs = QT_TRANSLATE_NOOP("DataPlaces", "Models that you added. They stay where they are.")
    return (
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Library"),
            library,
            QT_TRANSLATE_NOOP("DataPlaces", "Every picture that was made. Keep it."),
        ),
        *(
            (DataPlace(QT_TRANSLATE_NOOP("DataPlaces", "Project"), project, mine),)
            if project
            else ()
        ),
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Recovery"),
            paths.projects,
            QT_TRANSLATE_NOOP("DataPlaces", "What is open or was not saved. Keep it."),
        ),
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Starter set"),
            starters_folder(),
            QT_TRANSLATE_NOOP("DataPlaces", "Models that were fetched. They can be fetched again."),
        ),
        *(DataPlace(QT_TRANSLATE_NOOP("DataPlaces", "Models"), path, theirs) for path in models),
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Settings"),
            paths.config,
            QT_TRANSLATE_NOOP("DataPlaces", "Settings and wildcards. Deleted, they begin anew."),
        ),
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Cache"),
            paths.cache,
            QT_TRANSLATE_NOOP("DataPlaces", "Safe to delete: it is made again when needed."),
        ),
        DataPlace(
            QT_TRANSLATE_NOOP("DataPlaces", "Log"),
            paths.log_file,
            QT_TRANSLATE_NOOP("DataPlaces", "Safe to delete. It helps when something went wrong."),
        ),
    )


def size_on_disk(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 where there is nothing to be read."""
    if not path.is_dir():
        return _size(path)
    return sum(_size(Path(folder, name)) for folder, _, names in os.walk(path) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:  # gone a moment ago, or not ours
        return 0
