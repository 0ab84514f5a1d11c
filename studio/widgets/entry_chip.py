"""Something a prompt uses, as a rounded word with a cross that leaves it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.widgets.filter_chip import FilterChip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class EntryChip(FilterChip):
    """A click leaves it out, or brings back what is left out."""

    ON_TOKEN, ON_SURFACE, ON_WEIGHT = "muted", "raised", 400

    def __init__(self, name: str, symbol: str, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(name, symbol, parent)
        self.cleared.connect(self.click)
        self.set_value(name if on else "")

    def set_value(self, value: str) -> None:
        super().set_value(value)
        used = self.tr("{name} is in the prompt. Click to leave it out")
        left_out = self.tr("{name} is left out. Click to bring it back")
        words = (used if value else left_out).format(name=self._name)
        self.setAccessibleName(words)
        self.setToolTip(words)
