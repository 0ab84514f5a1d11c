"""The lower part of the panel: the looks of the picture, a choice of kinds, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.panels.style.look_list import LookList
from studio.panels.style.starter_offer import StarterOffer
from studio.panels.style.state import GROUPS
from studio.widgets.plain import button, words
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from studio.actions import Actions
    from studio.widgets.picture_loader import PictureLoader


class LookStrip(QWidget):
    """Signals:
    group_chosen: the person wants to see the looks of this kind (one of `state.GROUPS`).
    """

    group_chosen = Signal(str)

    def __init__(
        self, actions: Actions, loader: PictureLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.looks = LookList(self.tr("Looks of this picture"), loader)
        self.offer = StarterOffer(actions)
        self.like = button(self.tr("From a picture"), "plus")
        self._count = words("", "fact")
        self._nothing = words(
            self.tr("Drop a picture here, and its look can be given to others."), "fact", wrap=True
        )
        self._groups = Segments(self.tr("Kinds of looks"))
        names = (self.tr("All"), self.tr("GAN"), self.tr("Painting"), self.tr("Mine"))
        self._names = dict(zip(GROUPS, names, strict=True))
        self._groups.set_options(names)
        self._groups.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._groups.chosen.connect(self._on_groups_chosen)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words(self.tr("Looks of this picture"), "title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._groups)
        head.addWidget(self.like)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        for part in (self.looks, self._nothing, self.offer):
            box.addWidget(part)
        self.show_looks(any_look=True, any_shown=True, group="all")

    def show_looks(self, *, any_look: bool, any_shown: bool, group: str) -> None:
        """`any_look` on this disk; `any_shown` of the kind that is chosen."""
        self._groups.choose(self._names[group])
        self._groups.setVisible(any_look)
        self.like.setVisible(any_look)
        self.looks.setVisible(any_look and any_shown)
        self._nothing.setVisible(any_look and not any_shown)
        self.offer.setVisible(not any_look)

    def show_count(self, drawn: int, total: int) -> None:
        """How many looks are drawn; nothing once all are."""
        shown = self.tr("{drawn} of {total} drawn").format(drawn=drawn, total=total)
        self._count.setText(shown if drawn < total else "")

    def _on_groups_chosen(self, name: str) -> None:
        self.group_chosen.emit(next(group for group, word in self._names.items() if word == name))
