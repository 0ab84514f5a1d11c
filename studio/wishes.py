"""What one panel wants of another, which it does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class UseSettings:
    """Take over what this picture was made with."""

    path: Path


@dataclass(frozen=True, slots=True)
class DrawVariations:
    """Draw pictures like this one."""

    path: Path


Wish = UseSettings | DrawVariations


class Wishes(QObject):
    """Carries wishes to the window, which shows the panel and calls its `fulfil(wish)`.

    Signals:
        made: the id of the panel that is to fulfil it, and the wish.
    """

    made = Signal(str, object)

    def send(self, panel_id: str, wish: Wish) -> None:
        """Brings the panel to the front and lets it fulfil the wish."""
        self.made.emit(panel_id, wish)
