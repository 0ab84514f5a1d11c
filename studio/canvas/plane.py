"""Pixels without bounds, kept as tiles where there are any."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from studio.canvas.mips import Mips
from studio.canvas.tiling import COLOUR, TILE, Index, indices, tile_rect


class Plane:
    """An endless plane of pixels in the format `form` (`COLOUR` or `GREY`).

    Where there is no tile, every pixel is `fill` (0 or, for a mask, 0 to 255). Whoever writes into
    a tile calls `touched` afterwards, so that smaller views of the plane follow.
    """

    def __init__(self, form: QImage.Format, fill: int = 0) -> None:
        self.form, self.fill = form, fill
        self.tiles: dict[Index, QImage] = {}
        self.mips = Mips(self)
        self._bounds: QRect | None = QRect()
        self.version = 0
        """Grows with every change of a pixel."""
        self.unsaved: set[Index] = set()
        """Tiles that changed since somebody last emptied this set."""

    @property
    def nbytes(self) -> int:
        """What the tiles take, without the smaller views (at most a third of it)."""
        return len(self.tiles) * self.tile_bytes

    @property
    def tile_bytes(self) -> int:
        return TILE * TILE * (4 if self.form == COLOUR else 1)

    @property
    def bounds(self) -> QRect:
        """The smallest rectangle of whole tiles that holds all there are; empty without any."""
        if self._bounds is None:
            self._bounds = QRect()
            for index in self.tiles:
                self._bounds = self._bounds.united(tile_rect(index))
        return QRect(self._bounds)

    def blank(self) -> QImage:
        """A new tile of nothing but `fill`."""
        image = QImage(TILE, TILE, self.form)
        image.fill(self.fill)
        return image

    def writable(self, index: Index) -> QImage:
        """The tile, made where there is none; paint on it, then call `touched`."""
        tile = self.tiles.get(index)
        if tile is None:
            tile = self.tiles[index] = self.blank()
            self._bounds = self.bounds.united(tile_rect(index))
        return tile

    def put(self, index: Index, image: QImage | None) -> None:
        """Replaces a tile; None takes it away."""
        if image is None:
            self.tiles.pop(index, None)
            self._bounds = None
        else:
            self.tiles[index] = QImage(image)  # an object of its own: it is painted on
            self._bounds = self.bounds.united(tile_rect(index))
        self.touched(index, QRect(0, 0, TILE, TILE))

    def touched(self, index: Index, part: QRect) -> None:
        """Pixels in this part of the tile (in its own coordinates) are others now."""
        self.version += 1
        self.unsaved.add(index)
        self.mips.refresh(index, part)

    def read(self, rect: QRect) -> QImage:
        """A copy of these pixels."""
        image = QImage(rect.size(), self.form)
        image.fill(self.fill)
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for index in indices(rect):
            tile = self.tiles.get(index)
            if tile is not None:
                painter.drawImage(tile_rect(index).topLeft() - rect.topLeft(), tile)
        painter.end()
        return image

    def write(self, at: QPoint, image: QImage) -> None:
        """Replaces the pixels from `at` on with a picture of the same format."""
        rect = QRect(at, image.size())
        for index in indices(rect):
            place = tile_rect(index)
            part = place.intersected(rect)
            if part == place:
                self.put(index, image.copy(part.translated(-at)))
                continue
            painter = QPainter(self.writable(index))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(part.topLeft() - place.topLeft(), image, part.translated(-at))
            painter.end()
            self.touched(index, part.translated(-place.topLeft()))

    def copy(self) -> Plane:
        """An independent plane; the pixels are shared until one of the two changes them."""
        twin = Plane(self.form, self.fill)
        twin.tiles = {index: QImage(tile) for index, tile in self.tiles.items()}
        twin.unsaved = set(self.unsaved)
        twin._bounds = None
        return twin

    @classmethod
    def from_image(cls, image: QImage, form: QImage.Format = COLOUR) -> Plane:
        """A plane that holds `image` at its origin, converted to `form`."""
        plane = cls(form)
        plane.write(QPoint(), image.convertToFormat(form))
        return plane
