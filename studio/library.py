"""The library: a folder of pictures, and an index of it that can be rebuilt from them. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.database import transaction
from studio.library_files import adopt
from studio.library_index import (
    Entry,
    entries,
    mark_kept,
    open_index,
    relative_name,
    to_row,
    write_row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

__all__ = ["Entry", "Library"]


class Library:
    """The index belongs to the thread that opened it; `adopt` may be called from any.

    Paths are below `folder`, or ValueError is raised; a picture that is not in the index raises
    LookupError. What a call changed is on the disk when it returns. Whatever uses the index raises
    sqlite3.OperationalError when the disk is full or the index stays locked for 5 s; nothing has
    changed then.
    """

    def __init__(self, folder: Path, db_path: Path) -> None:
        """Opens or makes the index; an unusable one is set aside and its stars are taken over.

        After that, and after anything else changed the folder, `library_rebuild.rebuild` brings
        the index up to date.
        """
        self.folder = folder.absolute()
        self._db = open_index(db_path)

    def close(self) -> None:
        self._db.close()

    def adopt(self, source: Path, name_hint: str, when: datetime) -> Path:
        """Moves a finished picture into the folder; see `library_files.adopt`."""
        return adopt(self.folder, source, name_hint, when)

    def add(self, entry: Entry) -> None:
        """Puts a picture that lies in the folder into the index, or replaces its entry there.

        Raises OSError when the file cannot be read.
        """
        row = to_row(self.folder, entry)
        with transaction(self._db):
            write_row(self._db, row)
            mark_kept(self._db, str(row["fingerprint"]), entry.kept)

    def keep(self, path: Path, on: bool = True) -> Entry:
        """Stars a picture, or takes its star away."""
        with transaction(self._db):
            self.get(path)
            (content,) = self._db.execute(
                "SELECT fingerprint FROM pictures WHERE path = ?", (self._name(path),)
            ).fetchone()
            mark_kept(self._db, content, on)
        return self.get(path)

    def forget(self, path: Path) -> Entry:
        """Takes a picture out of the index; its file and its star stay."""
        with transaction(self._db):
            entry = self.get(path)
            self._db.execute("DELETE FROM pictures WHERE path = ?", (self._name(path),))
        return entry

    def put_back(self, entry: Entry) -> None:
        """Undoes `forget`; the file has to be there again, or OSError is raised."""
        self.add(entry)

    def get(self, path: Path) -> Entry:
        found = entries(self._db, self.folder, "WHERE path = ?", self._name(path))
        if not found:
            raise LookupError(f"{path} is not in the library")
        return found[0]

    def recent(self, limit: int = 100, offset: int = 0) -> list[Entry]:
        """The newest first."""
        order = "ORDER BY made DESC, path DESC LIMIT ? OFFSET ?"
        return entries(self._db, self.folder, order, limit, offset)

    def batch(self, job_id: str) -> list[Entry]:
        """The pictures of one job, in the order in which they were made."""
        return entries(self._db, self.folder, "WHERE batch = ? ORDER BY made, path", job_id)

    def named(self, names: Sequence[str]) -> dict[str, Entry]:
        """The entries of pictures by their names in the index; without those that are gone."""
        marks = ", ".join("?" * len(names))
        found = entries(self._db, self.folder, f"WHERE path IN ({marks})", *names)
        return {self._name(entry.path): entry for entry in found}

    def models(self) -> list[tuple[str, int]]:
        """The models by the index's names and how many pictures each made, the busiest first."""
        rows = self._db.execute(
            "SELECT model, COUNT(*) AS pictures FROM pictures WHERE model != '' GROUP BY model"
            " ORDER BY pictures DESC, model"
        )
        return [(row["model"], row["pictures"]) for row in rows]

    def _name(self, path: Path) -> str:
        return relative_name(self.folder, path)
