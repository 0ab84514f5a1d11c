"""What a job shows of a picture on its way, for Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pipelines.api import Preview


def preview_image(preview: Preview) -> QImage:
    """A copy of its own: the bytes go with the event."""
    width, height = preview.width, preview.height
    rows = QImage(preview.rgb, width, height, 3 * width, QImage.Format.Format_RGB888)
    return rows.convertToFormat(QImage.Format.Format_RGB32)
