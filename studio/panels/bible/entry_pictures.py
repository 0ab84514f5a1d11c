"""Pictures and seeds that an entry is given: stored off the GUI thread, then one edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.document.bible.entry import Reference
from studio.panels.bible import wording
from studio.panels.bible.pictures import PictureSource, store_pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.pictures import PictureInfo
    from studio.context import Context
    from studio.panels.bible.entries import Entries


class EntryPictures(QObject):
    """`tell` shows a sentence on the panel."""

    def __init__(
        self,
        context: Context,
        entries: Entries,
        tell: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._entries = context, entries
        self._tell, self._window = tell, window

    def add(self, entry_id: str, sources: Sequence[PictureSource]) -> None:
        """Adds pictures to an entry; the first one becomes the portrait where there is none."""
        work = partial(store_pictures, self._context.project, list(sources))
        stored = partial(self._on_stored, entry_id)
        self._context.background.run(work, stored, self._context.messages.report_error)

    def ask(self, entry_id: str) -> None:
        """Lets the person choose files, in the library first."""
        paths = self._files(self.tr("Pictures of the entry"), many=True)
        if paths:
            self.add(entry_id, paths)

    def change(self, entry_id: str, references: tuple[Reference, ...]) -> None:
        """The pictures in another order, or without some; the portrait is always one of them."""
        entry = self._entries.get(entry_id)
        if entry is None:
            return
        hashes = [reference.asset for reference in references]
        portrait = entry.portrait if entry.portrait in hashes else "".join(hashes[:1])
        changed = replace(entry, references=references, portrait=portrait)
        self._entries.put(wording.step("references", entry.name), (changed,))

    def ask_seed(self, entry_id: str) -> None:
        """Takes the seed that a picture was made with."""
        for path in self._files(self.tr("A picture whose seed is taken"), many=False):
            self._context.read_info(Path(path), partial(self._on_info_read, entry_id))

    def _files(self, title: str, *, many: bool) -> list[str]:
        folder = str(self._context.library.folder)
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.webp)")
        if many:
            return QFileDialog.getOpenFileNames(self._window, title, folder, kinds)[0]
        path, _ = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        return [path] if path else []

    # ---- slots -------------------------------------------------------------------------------

    def _on_stored(self, entry_id: str, hashes: list[str]) -> None:
        entry = self._entries.get(entry_id)
        if entry is None:
            return  # deleted meanwhile
        known = {reference.asset for reference in entry.references}
        new = [hash_ for hash_ in dict.fromkeys(hashes) if hash_ not in known]
        if not new:
            self._tell(self.tr("The entry has this picture already."))
            return
        references = (*entry.references, *(Reference(hash_) for hash_ in new))
        changed = replace(entry, references=references, portrait=entry.portrait or new[0])
        self._entries.put(wording.step("references", entry.name), (changed,))

    def _on_info_read(self, entry_id: str, info: PictureInfo | None) -> None:
        entry = self._entries.get(entry_id)
        seed = info.settings.seed if info else None
        if seed is None:
            self._tell(self.tr("This picture does not say which seed it was made with."))
        elif entry is not None:
            changed = replace(entry, seed=seed)
            self._entries.put(wording.step("seed", entry.name), (changed,))
