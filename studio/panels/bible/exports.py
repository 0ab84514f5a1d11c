"""Entries for other programs: where they go is asked here, a child writes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.bible_job import ExportKind, ExportRequest
from studio.document.bible.entry import EntryKind
from studio.errors import Problem
from studio.jobs.job import Job
from studio.library_files import slug

if TYPE_CHECKING:
    from pipelines.api import Failed
    from studio.context import Context
    from studio.document.assets import Asset
    from studio.document.bible.entry import Entry
    from studio.panels.bible.entries import Entries

_WRITER = "studio.bible_job:export_bible"


class Exports(QObject):
    """Reads the pictures in a thread, then hands all to the io lane."""

    def __init__(self, context: Context, entries: Entries, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._entries, self._window = context, entries, window

    def ask_cards(self, chosen: Sequence[Entry]) -> None:
        """One character becomes a file, several become files in a folder."""
        characters = [entry for entry in chosen if entry.kind is EntryKind.CHARACTER]
        title = self.tr("Export character cards")
        if len(characters) == 1:
            start = str(Path.home() / f"{slug(characters[0].name, 'character')}.png")
            kinds = self.tr("Card with portrait (*.png);;Card without picture (*.json)")
            name, kind = QFileDialog.getSaveFileName(self._window, title, start, kinds)
            if name:
                path = Path(name)
                is_json = path.suffix.lower() == ".json" or "json" in kind
                card = ExportKind.CARD_JSON if is_json else ExportKind.CARD_PNG
                self.write(card, path.with_suffix(f".{card}"), characters)
        elif folder := QFileDialog.getExistingDirectory(self._window, title, str(Path.home())):
            self.write(ExportKind.CARD_PNG, Path(folder), characters)

    def ask_lorebook(self, chosen: Sequence[Entry]) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export a lorebook"),
            str(Path.home() / f"{slug(self._context.project.name, 'lorebook')}.json"),
            self.tr("Lorebook (*.json)"),
        )
        if name:
            self.write(ExportKind.LOREBOOK, Path(name).with_suffix(".json"), chosen)

    def ask_folder(self, chosen: Sequence[Entry]) -> None:
        title = self.tr("Export into an empty folder")
        if name := QFileDialog.getExistingDirectory(self._window, title, str(Path.home())):
            self.write(ExportKind.FOLDER, Path(name), chosen)

    def write(self, kind: ExportKind, path: Path, chosen: Sequence[Entry]) -> None:
        """Writes them to a place that was asked for; says so when it is done."""
        entries = tuple(chosen)
        known = tuple(self._entries.bible)
        self._context.background.run(
            partial(self._pictures, entries),
            partial(self._on_pictures_read, kind, path, entries, known),
            self._context.messages.report_error,
        )

    def _pictures(self, entries: Sequence[Entry]) -> dict[str, Asset]:
        hashes = {ref.asset for entry in entries for ref in entry.references}
        hashes |= {entry.portrait for entry in entries if entry.portrait}
        found = {}
        for hash_ in hashes:
            try:
                found[hash_] = self._context.project.asset(hash_)
            except LookupError:  # the entry names a picture that the project never had
                continue
        return found

    # ---- slots -------------------------------------------------------------------------------

    def _on_pictures_read(
        self,
        kind: ExportKind,
        path: Path,
        entries: tuple[Entry, ...],
        known: tuple[Entry, ...],
        assets: dict[str, Asset],
    ) -> None:
        request = ExportRequest(kind, path, entries, assets, known)
        job = Job(_WRITER, request, title=path.name, parent=self)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        job.settled.connect(job.deleteLater)
        self._context.jobs.run_aside("io", job)

    def _on_job_succeeded(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            text = self.tr("Written: {name}").format(name=paths[0].name)
        else:
            text = self.tr("{count} files are written").format(count=len(paths))
        self._context.messages.notice(text)

    def _on_job_failed(self, failure: Failed) -> None:
        self._context.messages.report(Problem(failure.message, failure.hint, code=failure.code))
