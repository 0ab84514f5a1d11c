"""The line above the pictures: which batch this is, and what can be done with the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_GAP = 8
_TITLE_ROOM = 160  # pixels a long title keeps before buttons go


class Head(QWidget):
    """Where there is no room for a button it is left out; what it does is in the menu too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", "title")
        self.facts = words("", "fact")
        self.keep = button(self.tr("Keep"), "star")
        self.vary = button(self.tr("Variations"), "copy-simple")
        self.closer = button(self.tr("Look closer"), "magnifying-glass-plus")
        self.rest = button("", "dots-three")
        self.rest.setFixedWidth(28)
        self.rest.setStyleSheet("padding: 0;")
        self.rest.setAccessibleName(self.tr("More to do with this picture"))
        self.rest.setToolTip(self.tr("More to do with this picture"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.title)
        row.addWidget(self.facts)
        row.addStretch(1)
        for each in (self.keep, self.vary, self.closer, self.rest):
            row.addWidget(each)

    def show_batch(self, title: str, facts: str) -> None:
        """Names the batch, and says how many pictures it has."""
        self.title.setText(title)
        self.facts.setText(facts)
        self._fit()

    def _fit(self) -> None:
        named = min(_TITLE_ROOM, self.title.sizeHint().width())
        room = self.width() - named - self.facts.sizeHint().width() - self.rest.width()
        for each in (self.keep, self.vary, self.closer):
            room -= each.sizeHint().width() + _GAP
            each.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
