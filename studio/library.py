"""The library: a folder of pictures, and an index of it that can be rebuilt from them. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.database import transaction
from studio.library_files import adopt
from studio.library_index import (
    Entry,
    entries,
    index_name,
    open_index,
    to_row,
    write_row,
)
from studio.library_marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

__all__ = ["Entry", "Folder", "Library"]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that was added: how many of its pictures are known, and whether it is not there."""

    path: Path
    pictures: int
    missing: bool


class Library:
    """The index belongs to the thread that opened it; `adopt` may be called from any.

    A picture that is not in the index raises LookupError. What a call changed is on the disk when
    it returns. Whatever uses the index raises sqlite3.OperationalError when the disk is full or
    the index stays locked for 5 s; nothing has changed then. `marks` has the stars and collections.
    """

    def __init__(self, folder: Path, db_path: Path) -> None:
        """Opens or makes the index; an unusable one is set aside.

        Stars and collections are those of the library's folder.

        After that, and after anything else changed the folder, `library_rebuild.rebuild` brings
        the index up to date.
        """
        self.folder = folder.absolute()
        self._db = open_index(db_path)
        self.marks = Marks(self._db, self.folder)

    def close(self) -> None:
        self._db.close()

    def adopt(self, source: Path, name_hint: str, when: datetime) -> Path:
        """Moves a finished picture into the folder; see `library_files.adopt`."""
        return adopt(self.folder, source, name_hint, when)

    def add(self, entry: Entry) -> None:
        """Puts a picture into the index, or replaces its entry there.

        Raises OSError when the file, or the star it has, cannot be read or written.
        """
        row = to_row(self.folder, entry)
        with transaction(self._db):
            write_row(self._db, row)
        self.marks.star([str(row["fingerprint"])], entry.kept)

    def keep(self, path: Path, on: bool = True) -> Entry:
        """Stars a picture, or takes its star away. Raises OSError when that cannot be written."""
        self.keep_all([path], on)
        return self.get(path)

    def keep_all(self, paths: Iterable[Path], on: bool = True) -> None:
        """The same for many at once: all or none of them."""
        self.marks.star(self.contents(paths), on)

    def contents(self, paths: Iterable[Path]) -> list[str]:
        """The fingerprints of pictures, by which `marks` knows them."""
        found = []
        for path in paths:
            row = self._db.execute(
                "SELECT fingerprint FROM pictures WHERE path = ?", (self._name(path),)
            ).fetchone()
            if row is None:
                raise LookupError(f"{path} is not in the library")
            found.append(row["fingerprint"])
        return found

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
        """The newest of the library's own folder first."""
        order = "WHERE source = '' ORDER BY made DESC, path DESC LIMIT ? OFFSET ?"
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

    def tools(self) -> list[tuple[str, int]]:
        """The names of the tools that are known and how many pictures each made."""
        rows = self._db.execute(
            "SELECT tool, COUNT(*) AS pictures FROM pictures WHERE tool NOT IN ('', 'unknown')"
            " GROUP BY tool ORDER BY pictures DESC, tool"
        )
        return [(row["tool"], row["pictures"]) for row in rows]

    def folders(self) -> list[Folder]:
        """The folders that were added and have pictures in the index, by name."""
        rows = self._db.execute(
            "SELECT source, COUNT(*) AS pictures, MIN(missing) AS missing FROM pictures"
            " WHERE source != '' GROUP BY source ORDER BY source"
        )
        return [Folder(Path(row["source"]), row["pictures"], bool(row["missing"])) for row in rows]

    def _name(self, path: Path) -> str:
        return index_name(self.folder, path)
