"""What one panel wants of another, which it does not know."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class UseModel:
    """Draw with the model of this id from now on."""

    model_id: str


@dataclass(frozen=True, slots=True)
class InstallStarters:
    """Install what is missing of the starter set."""


@dataclass(frozen=True, slots=True)
class DownloadModel:
    """Ask which model of the hub is wanted."""


@dataclass(frozen=True, slots=True)
class DrawPrompt:
    """Offer this prompt, which may mention entries of the bible, to be drawn."""

    text: str


@dataclass(frozen=True, slots=True)
class InpaintPicture:
    """Put this picture on a canvas."""

    path: Path


@dataclass(frozen=True, slots=True)
class ShowPart:
    """Show a part of a document of the project: its key, and the part's id in it, or ""."""

    key: str
    part: str


@dataclass(frozen=True, slots=True)
class StylePicture:
    """Offer this picture to be given another look."""

    path: Path


Wish = (
    UseSettings
    | DrawVariations
    | DrawPrompt
    | InpaintPicture
    | ShowPart
    | UseModel
    | InstallStarters
    | DownloadModel
    | StylePicture
)

PANELS_OF_KINDS: Mapping[str, str] = {"canvas": "inpaint"}
"""Which panel fulfils ShowPart, by the kind of the document: one line for each kind."""


class Wishes(QObject):
    """Carries wishes to the window, which shows the panel and calls its `fulfil(wish)`.

    Signals:
        made: the id of the panel that is to fulfil it, and the wish.
    """

    made = Signal(str, object)

    def send(self, panel_id: str, wish: Wish) -> None:
        """Brings the panel to the front and lets it fulfil the wish."""
        self.made.emit(panel_id, wish)
