"""The files of jobs on their way: a folder for each job, and the pictures that requests name."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Spool:
    """`folder/jobs/<id>/` for what a job writes, `folder/inputs/<sha256>/` for what it reads.

    An input keeps its name, so that a sentence about it says which one it is.
    """

    def __init__(self, folder: Path) -> None:
        self._jobs, self._inputs = folder / "jobs", folder / "inputs"

    def folder_for(self, job_id: str) -> Path:
        """The job's own folder, made if it is not there. Raises OSError."""
        folder = self._jobs / job_id
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def keep_input(self, path: Path) -> Path:
        """A copy of the file that nobody moves or changes while the job waits. Raises OSError."""
        if path.is_relative_to(self._inputs):
            return path
        data = path.read_bytes()
        kept = self._inputs / hashlib.sha256(data).hexdigest() / path.name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(kept, data)
        return kept

    def remove(self, job_id: str) -> None:
        """Forgets the job's folder, unless a picture lies in it that the library did not take.

        What cannot be removed now is swept at the next start.
        """
        folder = self._jobs / job_id
        if not any(folder.glob("*.png")):
            shutil.rmtree(folder, ignore_errors=True)

    def finished(self) -> Iterator[tuple[str, Path]]:
        """Job ids and pictures that lie in job folders; each was written whole."""
        for path in sorted(self._jobs.glob("*/*.png")):
            yield path.parent.name, path

    def sweep(self, job_ids: Iterable[str], inputs: Iterable[str]) -> None:
        """Removes what belongs to none of these jobs and is none of these inputs.

        A folder that still holds a finished picture stays: the library could not take it.
        """
        jobs, kept = set(job_ids), {Path(name).parent for name in inputs}
        for folder in self._jobs.glob("*"):
            if folder.name not in jobs and not any(folder.glob("*.png")):
                shutil.rmtree(folder, ignore_errors=True)
        for folder in self._inputs.glob("*"):
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)
