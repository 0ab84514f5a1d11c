"""Cards, lorebooks and Markdown of others: read in a child, looked at, taken in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.errors import Problem
from studio.jobs.job import Job
from studio.panels.bible import wording
from studio.panels.bible.import_dialog import ImportDialog
from studio.panels.bible.pictures import store_pictures

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.context import Context
    from studio.document.assets import Asset
    from studio.document.bible.entry import Entry
    from studio.formats.imported_bible import ImportedBible
    from studio.panels.bible.entries import Entries

_READER = "studio.formats.bible_files:read_bible_file"


class Imports(QObject):
    """Signals:
    imported: these entries came into the project: their ids.
    no_card: a picture was to be read and is no card: its path.
    """

    imported = Signal(object)
    no_card = Signal(str)

    def __init__(self, context: Context, entries: Entries, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._entries, self._window = context, entries, window
        self._waiting: list[str] = []
        self._read: list[tuple[str, ImportedBible]] = []
        self._failures: list[Failed] = []
        self.dialog: ImportDialog | None = None

    def ask_files(self) -> None:
        """Lets the person choose files."""
        kinds = self.tr("Cards, lorebooks, Markdown (*.png *.json *.charx *.md)")
        title = self.tr("Import into the bible")
        paths, _ = QFileDialog.getOpenFileNames(self._window, title, str(Path.home()), kinds)
        self.read(paths)

    def ask_folder(self) -> None:
        """Lets the person choose a folder of Markdown files."""
        title = self.tr("Import a folder of Markdown")
        if folder := QFileDialog.getExistingDirectory(self._window, title, str(Path.home())):
            self.read([folder])

    def read(self, paths: Iterable[str]) -> None:
        """Reads these, one after the other, then shows all that is in them."""
        is_idle = not self._waiting
        self._waiting += paths
        if is_idle and self._waiting:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        path = Path(self._waiting[0])
        note = self.tr("Reading “{name}”…")
        self._context.messages.notice(note.format(name=path.name))
        job = Job(_READER, path, title=path.name, parent=self)
        job.succeeded.connect(partial(self._on_job_succeeded, path.name))
        job.failed.connect(partial(self._on_job_failed, str(path)))
        job.settled.connect(self._on_job_settled)
        self._context.jobs.run_aside("io", job)

    def _finish(self) -> None:
        read, failures = self._read, self._failures
        self._read, self._failures = [], []
        notes = [note for _, bible in read for note in bible.notes]
        entries = [entry for _, bible in read for entry in bible.entries]
        told = [f"{failure.message} {failure.hint}".strip() for failure in failures]
        if not entries:
            for failure in failures:
                self._context.messages.report(Problem(failure.message, failure.hint))
            return
        names = ", ".join(f"“{name}”" for name, _ in read)
        known = {entry.id for entry in entries if self._entries.get(entry.id)}
        dialog = ImportDialog(names, entries, [*told, *notes], known, self._window)
        pictures = {asset.hash: asset for _, bible in read for asset in bible.pictures}
        dialog.accepted.connect(partial(self._on_dialog_accepted, dialog, pictures))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _take(self, entries: Sequence[Entry], pictures: dict[str, Asset]) -> None:
        """Puts the pictures into the project first, in a thread: there may be many."""
        used = {ref.asset for entry in entries for ref in entry.references}
        used |= {entry.portrait for entry in entries}
        wanted = [asset for hash_, asset in pictures.items() if hash_ in used]
        work = partial(store_pictures, self._context.project, wanted)
        stored = partial(self._on_pictures_stored, entries)
        self._context.background.run(work, stored, self._context.messages.report_error)

    # ---- slots -------------------------------------------------------------------------------

    def _on_job_succeeded(self, name: str, bible: ImportedBible) -> None:
        self._read.append((name, bible))

    def _on_job_failed(self, path: str, failure: Failed) -> None:
        if path.lower().endswith(".png"):
            self.no_card.emit(path)
        else:
            self._failures.append(failure)

    def _on_job_settled(self) -> None:
        self.sender().deleteLater()
        self._waiting.pop(0)
        self._next()

    def _on_dialog_accepted(self, dialog: ImportDialog, pictures: dict[str, Asset]) -> None:
        self._take(dialog.chosen(), pictures)

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _on_pictures_stored(self, entries: Sequence[Entry], _hashes: list[str]) -> None:
        """New ones come behind all others, in the order in which they lie in the file."""
        order, placed = self._entries.bible.next_order, []
        for entry in sorted(entries, key=lambda each: each.order):
            if self._entries.get(entry.id) is None:
                entry = replace(entry, order=order)
                order += 1.0
            placed.append(entry)
        step = wording.on_entries(
            self.tr("Import {name}"), self.tr("Import {count} entries"), placed
        )
        if self._entries.put(step, placed):
            self.imported.emit([entry.id for entry in placed])
