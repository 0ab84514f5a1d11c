"""One picture as wide as its place, in its own shape; a click opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import theme
from studio.widgets.grid_plan import Box
from studio.widgets.justified_rows import fitted
from studio.widgets.picture_cell import CellLook, paint_cell

if TYPE_CHECKING:
    from studio.widgets.picture_loader import PictureLoader

_HIGHEST = 300


class PicturePreview(QAbstractButton):
    """At most 300 pixels high."""

    def __init__(self, name: str, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._path, self._aspect = "", 1.5
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        loader.loaded.connect(self._on_loader_loaded)
        theme.current().changed.connect(self.update)

    def show_picture(self, path: str, width: int, height: int) -> None:
        """Shows the file, which is that many pixels large."""
        self._path, self._aspect = path, max(1, width) / max(1, height)
        self.updateGeometry()
        self.update()

    def _on_loader_loaded(self, path: str) -> None:
        if path == self._path:
            self.update()

    # ---- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = fitted(Box(0, 0, max(1, self.width()), max(1, self.height())), self._aspect)
        cell = QRectF(0, box.top, box.width, box.height)  # flush left, as the words below
        pixels = (cell.size() * self.devicePixelRatioF()).toSize()
        image = self._loader.image(self._path, pixels) or self._loader.nearest(self._path)
        paint_cell(painter, cell, image, CellLook(focused=self.hasFocus()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(1, min(_HIGHEST, round(width / self._aspect)))

    def sizeHint(self) -> QSize:
        return QSize(264, self.heightForWidth(264))
