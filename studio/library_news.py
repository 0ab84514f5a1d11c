"""Says what came of the work on the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.api import Failed
    from studio.library_import import Imported
    from studio.library_rebuild import Rebuilt
    from studio.library_work import LibraryWork
    from studio.messages import Messages


class LibraryNews(QObject):
    """A notice for what was asked for and went well, a problem for what did not."""

    def __init__(self, work: LibraryWork, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        work.looked.connect(self._on_work_looked)
        work.imported.connect(self._on_work_imported)
        work.failed.connect(self._on_work_failed)

    def _on_work_looked(self, found: Rebuilt, asked: bool) -> None:
        if not asked:
            return
        if found.unreadable:
            self._refuse(found.unreadable)
        else:
            self._messages.notice(self._seen(found.read, found.gone))

    def _seen(self, read: int, gone: int) -> str:
        """What a look found, without a word on what it did not find."""
        if not read and not gone:
            return self.tr("No picture is new, changed or gone")
        if not gone:
            return self.tr("Pictures that are new or changed: {read}").format(read=read)
        if not read:
            return self.tr("Pictures that are gone: {gone}").format(gone=gone)
        text = self.tr("Pictures that are new or changed: {read}, gone: {gone}")
        return text.format(read=read, gone=gone)

    def _on_work_imported(self, done: Imported) -> None:
        if done.refused:
            self._refuse(done.refused)
            return
        there = len(done.paths) - done.new
        text = self.tr("Copied into the library: {new}")
        if there:
            text = self.tr("Copied into the library: {new}, there already: {there}")
        self._messages.notice(text.format(new=done.new, there=there))

    def _refuse(self, files: Sequence[Path]) -> None:
        text = self.tr("“{file}” cannot be read as a picture.").format(file=files[0].name)
        if len(files) > 1:
            text = self.tr("{count} files cannot be read as pictures.").format(count=len(files))
        hint = self.tr("What cannot be read was left as it is; everything else is in the library.")
        self._messages.report(Problem(text, hint, "\n".join(map(str, files)), "bad_picture"))

    def _on_work_failed(self, failure: Failed) -> None:
        self._messages.report(Problem(failure.message, failure.hint, failure.trace, failure.code))
