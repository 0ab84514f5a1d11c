"""The system's own trash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths


def to_trash(path: Path) -> Path:
    """Moves a file or folder to the trash and returns its place there.

    Raises OSError when the system does not take it; then it is where it was.
    """
    # Qt puts the trash of the home's disk there, and gives up where the folder is missing.
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    Path(data).mkdir(parents=True, exist_ok=True)
    file = QFile(str(path))
    if not file.moveToTrash():
        raise OSError(f"“{path.name}” could not be moved to the trash")
    return Path(file.fileName())
