"""Asks the person for files, and what becomes of pictures that are dropped, pasted or sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from studio.panels.inpaint.intake import SUFFIXES
from studio.widgets.picture_mime import dropped_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.panels.inpaint.intake import Intake
    from studio.panels.inpaint.saving import Saving
    from studio.panels.inpaint.session import Session
    from studio.widgets.notice import Notice

_KINDS = {
    "png": "PNG (*.png)",
    "webp": "WebP (*.webp)",
    "jpg": "JPEG (*.jpg *.jpeg)",
    "ora": "OpenRaster (*.ora)",
}


class FileTalk(QObject):
    """One for the panel, which is `window`."""

    def __init__(
        self, window: QWidget, session: Session, intake: Intake, saving: Saving, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._intake, self._saving, self._notice = intake, saving, notice
        self._folder = str(Path.home())
        intake.refused.connect(self._on_intake_refused)
        intake.noted.connect(notice.tell)
        saving.saved.connect(self._on_saving_saved)
        saving.refused.connect(notice.tell)

    def open(self) -> None:
        """A canvas for a file."""
        if path := self._ask_picture(self.tr("Open a picture on a canvas")):
            self._intake.open(path)

    def place(self) -> None:
        """A layer for a file."""
        if path := self._ask_picture(self.tr("Place a picture as a layer")):
            self._intake.place(path)

    def take(self, paths: Sequence[str]) -> None:
        """Files that came from elsewhere: with a canvas open, the person says what for."""
        path = Path(paths[0])
        if self._session.record is None:
            self._intake.open(path)
            return
        menu = QMenu(self._window)
        layer = menu.addAction(self.tr("Place as a layer"))
        layer.triggered.connect(lambda: self._intake.place(path))
        canvas = menu.addAction(self.tr("Open as a canvas"))
        canvas.triggered.connect(lambda: self._intake.open(path))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def take_image(self, image: QImage) -> None:
        """A picture that was copied elsewhere: a layer of the canvas, or the first canvas."""
        name = self.tr("Pasted picture")
        if self._session.record is None:
            self._intake.make(image, name)
        else:
            self._intake.paste(image, name)

    def paste(self) -> None:
        """What the clipboard holds."""
        clipboard = QGuiApplication.clipboard()
        mime = clipboard.mimeData()
        if paths := dropped_pictures(mime):
            self.take(paths)
        elif mime.hasImage():
            self.take_image(clipboard.image())
        else:
            self._notice.tell(self.tr("The clipboard holds no picture."))

    def save(self) -> None:
        """The canvas to a file."""
        record = self._session.record
        if record is None:
            return
        filters = dict(_KINDS)
        filters["jpg"] = self.tr("JPEG, lossy (*.jpg *.jpeg)")
        filters["ora"] = self.tr("OpenRaster, with layers (*.ora)")
        start = str(Path(self._folder) / f"{Path(record.name).stem}.png")
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the canvas"), start, ";;".join(filters.values())
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in SUFFIXES:
            suffix = next((each for each, words in filters.items() if words == kind), "png")
            path = path.with_name(f"{path.name}.{suffix}")
        self._folder = str(path.parent)
        self._session.settle()
        self._saving.save(record, path)

    def save_to_library(self) -> None:
        """The canvas as a picture of the library."""
        self._session.settle()
        if self._session.record is not None:
            self._saving.save_to_library(self._session.record)

    def load_mask(self) -> None:
        """A file in place of the mask."""
        if path := self._ask_picture(self.tr("Load a mask")):
            self._intake.load_mask(path)

    def paste_mask(self) -> None:
        """The picture in the clipboard in place of the mask."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self._notice.tell(self.tr("The clipboard holds no picture."))
        else:
            self._intake.paste_mask(image)

    def save_mask(self) -> None:
        """The mask to a PNG file."""
        record = self._session.record
        if record is None:
            return
        start = str(Path(self._folder) / f"{Path(record.name).stem}.mask.png")
        title = self.tr("Save the mask")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, start, _KINDS["png"])
        if chosen:
            path = Path(chosen)
            self._saving.save_mask(path if path.suffix else path.with_suffix(".png"))

    def _ask_picture(self, title: str) -> Path | None:
        kinds = self.tr("Pictures ({suffixes})").format(
            suffixes=" ".join(f"*{suffix}" for suffix in SUFFIXES)
        )
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, self._folder, kinds)
        if not chosen:
            return None
        self._folder = str(Path(chosen).parent)
        return Path(chosen)

    def _on_intake_refused(self, why: str, hint: str, smaller: str) -> None:
        if smaller:
            smaller_one = partial(self._intake.open, Path(smaller), smaller=True)
            self._notice.tell(why, self.tr("Open it smaller"), smaller_one)
        else:
            self._notice.tell(f"{why} {hint}".strip())

    def _on_saving_saved(self, path: str, note: str) -> None:
        words = self.tr("Saved as {name}.").format(name=Path(path).name)
        self._notice.tell(f"{words} {note}".strip())
