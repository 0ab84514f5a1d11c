"""Where pictures that are dragged can be dropped into a collection; there while they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.widgets.chip import Chip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.plain import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint, QRect

    from studio.panels.library.choices import Choice

_MARGIN = 12
_MOST = 40


class CollectionTray(QFrame):
    """Lies over the lower edge of its parent; the panel says where the pointer is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setProperty("surface", "card")
        self._chips: dict[Chip, str] = {}
        self._flow = FlowLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        box.setSpacing(8)
        box.addWidget(words(self.tr("Drop into a collection"), "head"))
        box.addLayout(self._flow)
        self.hide()

    def open_with(self, collections: Sequence[Choice], width: int) -> None:
        """Shows the collections, and an entry for a new one, `width` pixels wide."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {Chip(each.title): each.value for each in collections[:_MOST]}
        self._chips[Chip(self.tr("New collection…"))] = ""
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self.resize(width, self.heightForWidth(width))
        self.move(
            (self._around.width() - width) // 2,
            self._around.height() - self.height() - _MARGIN,
        )
        self.raise_()
        self.show()

    def point_at(self, point: QPoint) -> None:
        """Brightens the collection under a point of the tray."""
        for chip in self._chips:
            chip.setDown(_around(chip).contains(point))

    def target_at(self, point: QPoint) -> str | None:
        """The id of the collection under a point of the tray, "" for a new one."""
        found = (name for chip, name in self._chips.items() if _around(chip).contains(point))
        return next(found, None) if self.isVisible() else None


def _around(chip: Chip) -> QRect:
    """A chip and half of the gap to its neighbours: a drop is not to miss it by a hair."""
    return chip.geometry().adjusted(-4, -4, 4, 4)
