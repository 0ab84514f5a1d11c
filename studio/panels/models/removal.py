"""Off the list, or off the disk: the first leaves the file, the second puts it into the trash."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from pipelines.api import PipelineError
from pipelines.hub.cache_layout import made_by_us
from pipelines.starters.manifest import find_starter
from studio.errors import Problem
from studio.panels.models import wording
from studio.size_text import size_text
from studio.system_trash import to_trash

if TYPE_CHECKING:
    from pathlib import Path

    from studio.context import Context
    from studio.model_usage import ModelUsage
    from studio.panels.models.entries import ModelEntry


def what_is_deleted(entry: ModelEntry) -> Path | None:
    """The one file, or the folder that this program made; None where it has no business.

    A folder of the person's may hold anything, and other programs keep theirs.
    """
    if entry.source == "program":
        return None
    if entry.starter:
        return entry.path
    if entry.source == "hub":
        return made_by_us(entry.path)
    return entry.path if os.path.isfile(entry.path) else None


class Removal(QObject):
    """Asks before anything leaves the disk.

    Signals:
        removed: what lay at this path is gone.
    """

    removed = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent

    def toggle_forgotten(self, entry: ModelEntry) -> None:
        """Takes it off the list, or puts it back; the file stays where it is."""
        shelf = self._context.models
        try:
            if entry.forgotten:
                shelf.bring_back(entry.path)
            else:
                shelf.forget(entry.path)
        except OSError as error:
            self._report(
                self.tr("The list could not be saved: {why}.").format(why=error.strerror or error),
                self.tr("Make room on the disk or check the folder's permissions."),
            )

    def delete(self, entry: ModelEntry, usage: ModelUsage) -> None:
        """After a yes: the file goes to the trash, what was installed of a starter is deleted."""
        target = what_is_deleted(entry)
        if target is None or not self._confirmed(entry, target, usage):
            return
        try:
            if entry.starter:
                self._context.model_work.remove(find_starter(entry.starter))
            else:
                to_trash(target)
        except PipelineError as error:
            self._report(str(error), error.hint)
        except OSError as error:
            self._report(f"{error}.", self.tr("Delete it in your file manager."))
        else:
            self.removed.emit(entry.path)

    def verb(self, entry: ModelEntry) -> str:
        """What the button for it says."""
        if entry.starter:
            return self.tr("Remove starter…")
        target = what_is_deleted(entry)
        is_folder = entry.path.is_dir() if target is None else target.is_dir()
        return self.tr("Delete folder…") if is_folder else self.tr("Delete file…")

    def why_not(self, entry: ModelEntry) -> str:
        """Why it cannot be deleted here; "" if it can."""
        if what_is_deleted(entry) is not None:
            return ""
        if entry.source == "program":
            return self.tr("It is part of the program")
        return self.tr("This program did not make the folder: delete it in your file manager")

    def _confirmed(self, entry: ModelEntry, target: Path, usage: ModelUsage) -> bool:
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Delete a model"),
            self.tr("Delete “{title}” from this disk?").format(title=entry.title),
            parent=self._window,
        )
        if entry.starter:
            fate = self.tr("It can be installed again.")
        else:
            fate = self.tr("It goes to the system's trash. Nothing else is touched.")
        size = f" ({size_text(entry.size)})" if entry.size else ""
        used = self.tr("Used by: {what}").format(what=wording.usage(usage))
        question.setInformativeText(f"{target}{size}\n{used}\n\n{fate}")
        verb = self.tr("Remove") if entry.starter else self.tr("Move to the trash")
        yes = question.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        no = question.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(no)
        question.setEscapeButton(no)
        question.exec()
        agreed = question.clickedButton() is yes
        question.deleteLater()
        return agreed

    def _report(self, message: str, hint: str) -> None:
        self._context.messages.report(Problem(message, hint))
