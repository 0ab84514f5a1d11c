"""What can be done with the chosen pictures: keep, trash, copy, show in their folder."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from studio.errors import Problem
from studio.picture_sending import PictureSending
from studio.reveal import reveal
from studio.widgets.picture_mime import image_mime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.context import Context
    from studio.library import Entry
    from studio.widgets.picture_loader import PictureLoader


class PictureActions(QObject):
    """`chosen` gives the entries of the chosen pictures, `current` the one the keyboard is on.

    Signals:
        stars_changed: pictures were starred or lost their star.
        pictures_changed: pictures have gone; or came back, then these are their entries.
    """

    stars_changed = Signal()
    pictures_changed = Signal(object)

    def __init__(
        self,
        context: Context,
        loader: PictureLoader,
        chosen: Callable[[], Sequence[Entry]],
        current: Callable[[], Entry | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._loader = context, loader
        self._chosen, self._current = chosen, current
        self._copied = ""
        PictureSending(context, "library", lambda: [entry.path for entry in chosen()], self)
        loader.loaded.connect(self._on_loader_loaded)

    def keep(self) -> None:
        """Stars the chosen pictures; where all have a star, takes it away."""
        chosen = self._chosen()
        on = not all(entry.kept for entry in chosen)
        try:
            self._context.library.keep_all([entry.path for entry in chosen], on)
        except (LookupError, sqlite3.Error, OSError) as error:
            self._fail(
                self.tr("The picture could not be marked: {why}.").format(why=error),
                self.tr("The picture itself is safe in its folder."),
            )
        self.stars_changed.emit()

    def delete(self) -> None:
        """Moves the chosen pictures to the trash; Undo brings them back."""
        paths = [entry.path for entry in self._chosen()]
        try:
            self._context.trash.delete(*paths)
        except (OSError, LookupError, sqlite3.Error) as error:
            self._fail(
                self.tr("The picture could not be deleted: {why}.").format(why=error),
                self.tr("Pictures before it are in the trash; Undo brings them back."),
            )
        for path in paths:
            self._loader.forget(str(path))
        self.pictures_changed.emit(())

    def can_undo(self) -> bool:
        return self._context.trash.can_undo

    def undo_delete(self) -> None:
        """Brings back what was deleted last."""
        try:
            entries = self._context.trash.undo()
        except (OSError, LookupError, sqlite3.Error) as error:
            self._fail(
                self.tr("The picture could not be brought back: {why}.").format(why=error),
                self.tr("Look for it in the system's trash."),
            )
            return
        self.pictures_changed.emit(entries)

    def copy_image(self) -> None:
        """Puts the current picture on the clipboard, at once or as soon as it has been read."""
        if entry := self._current():
            self._copied = str(entry.path)
            if self._loader.image(self._copied):
                self._on_loader_loaded(self._copied)

    def copy_seed(self) -> None:
        entry = self._current()
        if entry and entry.seed is not None:
            QGuiApplication.clipboard().setText(str(entry.seed))

    def has_seed(self) -> bool:
        entry = self._current()
        return entry is not None and entry.seed is not None

    def reveal(self) -> None:
        """Shows the current picture in the system's file manager."""
        entry = self._current()
        if entry and self._is_there(entry):
            reveal(entry.path)

    def open(self) -> None:
        """Opens the current picture in the system's own viewer."""
        entry = self._current()
        if not entry or not self._is_there(entry):
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.path))):
            text = self.tr("The system has no viewer for {file}.")
            self._fail(text.format(file=entry.path.name), self.tr("Open it in a file manager."))

    def copy_path(self) -> None:
        """Puts the paths of the chosen pictures on the clipboard, one a line."""
        paths = [str(entry.path) for entry in self._chosen()]
        QGuiApplication.clipboard().setText("\n".join(paths))

    def _is_there(self, entry: Entry) -> bool:
        there = entry.path.exists()
        if not there:
            hint = self.tr("It was moved or deleted; it leaves the library at the next start.")
            if entry.missing:
                hint = self.tr("Plug in its disk, then look for new pictures.")
            text = self.tr("{file} is not in its folder any more.")
            self._fail(text.format(file=entry.path.name), hint)
        return there

    def _fail(self, message: str, hint: str = "") -> None:
        self._context.messages.report(Problem(message, hint))

    def _on_loader_loaded(self, path: str) -> None:
        # A small version may come first: only the whole picture is copied.
        if path == self._copied and (image := self._loader.image(path)):
            self._copied = ""
            QGuiApplication.clipboard().setMimeData(image_mime(image, path))
