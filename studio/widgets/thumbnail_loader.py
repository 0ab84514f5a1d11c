"""Thumbnails for a view that scrolls: what is looked at now comes first, what has passed never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.widgets.image_reading import DEFAULT_BYTES, THREADS, ImageReading, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject, QSize
    from PySide6.QtGui import QImage


class ReadsSmall(Protocol):
    """Where thumbnails come from."""

    def read(self, path: str, size: QSize) -> QImage:
        """The upright picture, fitted into `size` pixels; null for none. In any thread."""


class ThumbnailLoader(ImageReading):
    """Reads what was wanted last."""

    def __init__(
        self,
        files: ReadsSmall,
        limit_bytes: int = DEFAULT_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(files.read, limit_bytes, parent)
        self._waiting: list[Key] = []

    def image(self, path: str, size: QSize) -> QImage | None:
        """The picture fitted into `size` device pixels, if it is there."""
        return self._kept((path, size.width(), size.height()))

    def want(self, wishes: Iterable[tuple[str, QSize]]) -> None:
        """Reads these, the first first, and nothing any more that was wanted before."""
        keys = dict.fromkeys((path, size.width(), size.height()) for path, size in wishes)
        self._waiting = [key for key in keys if self._can_read(key)]
        self._waiting.reverse()  # taken from the end
        self._feed()

    def finish(self) -> None:
        self._waiting.clear()
        super().finish()

    def _feed(self) -> None:
        while self._waiting and len(self._reading) < THREADS:
            self._begin(self._waiting.pop())

    def _on_relay_read(self, key: Key, image: QImage) -> None:
        super()._on_relay_read(key, image)
        self._feed()
