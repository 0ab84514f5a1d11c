"""The one conversion between Pillow's pictures and Qt's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtCore import QSize


def to_grey(image: QImage) -> Image.Image:
    """A Grayscale8 picture as Pillow's "L"; a copy."""
    return _view(image, "L").copy()


def from_grey(image: Image.Image) -> QImage:
    """Pillow's "L" as Grayscale8; a copy."""
    form = QImage.Format.Format_Grayscale8
    return QImage(image.tobytes(), image.width, image.height, image.width, form).copy()


def to_bands(image: QImage) -> Image.Image:
    """A premultiplied ARGB32 picture as four plain bands: blue, green, red, alpha; a copy.

    Pillow calls any four bands without a meaning of their own "CMYK".
    """
    return _view(image, "CMYK").copy()


def from_bands(image: Image.Image) -> QImage:
    """What `to_bands` makes, back; a copy."""
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(image.tobytes(), image.width, image.height, image.width * 4, form).copy()


def _view(image: QImage, mode: str) -> Image.Image:
    size = _sides(image.size())
    bits = bytes(image.constBits())
    return Image.frombuffer(mode, size, bits, "raw", mode, image.bytesPerLine(), 1)


def _sides(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()
