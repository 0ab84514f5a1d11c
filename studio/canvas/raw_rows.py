"""Pixels between the window and a child, in slices: rows in a file."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, TILE
from studio.canvas_files import RawPixels

# Qt's way to straight colours and back gives the same premultiplied ones; Pillow's does not.
_IN_FILES = {COLOUR: QImage.Format.Format_ARGB32}

_ROWS = 64  # at once: 2 MB of a canvas 8,000 pixels wide


def write_raw(
    read: Callable[[QRect], QImage], rect: QRect, path: Path
) -> Generator[None, None, RawPixels]:
    """Writes what `read` gives (of a plane, or the composite) for `rect`. Raises OSError.

    The file is scratch that the caller removes.
    """
    with path.open("wb") as file:
        for top in range(rect.top(), rect.bottom() + 1, _ROWS):
            high = min(_ROWS, rect.bottom() + 1 - top)
            strip = read(QRect(rect.left(), top, rect.width(), high))
            file.write(_tight(_straight(strip)))
            yield
    return RawPixels(path, rect.width(), rect.height())


def read_raw(pixels: RawPixels, form: QImage.Format) -> Generator[None, None, Plane]:
    """A plane of these pixels from its origin on. Raises OSError; EOFError for a file cut short."""
    plane = Plane(form)
    line = pixels.width * (4 if form == COLOUR else 1)
    with pixels.path.open("rb") as file:
        for top in range(0, pixels.height, TILE):
            high = min(TILE, pixels.height - top)
            data = file.read(line * high)
            if len(data) < line * high:
                raise EOFError(pixels.path)
            strip = QImage(data, pixels.width, high, line, _IN_FILES.get(form, form))
            strip = strip.convertToFormat(form)
            yield
            for left in range(0, pixels.width, TILE):
                part = strip.copy(QRect(left, 0, min(TILE, pixels.width - left), high))
                empty = QImage(part.size(), form)
                empty.fill(0)
                if part != empty:
                    plane.write(QPoint(left, top), part)
                yield
    return plane


def _straight(image: QImage) -> QImage:
    return image.convertToFormat(_IN_FILES.get(image.format(), image.format()))


def _tight(image: QImage) -> bytes:
    """The pixels without what fills lines up to multiples of four bytes."""
    data, line = bytes(image.constBits()), image.bytesPerLine()
    wide = image.width() * image.depth() // 8
    if line == wide:
        return data
    return b"".join(data[row * line : row * line + wide] for row in range(image.height()))
