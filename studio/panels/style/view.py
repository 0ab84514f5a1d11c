"""Where things lie on the Style panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.panels.style.look_strip import LookStrip
from studio.panels.style.stage import Stage
from studio.panels.style.starter_offer import StarterOffer
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.empty_state import EmptyState
from studio.widgets.notice import Notice
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from studio.actions import Actions
    from studio.widgets.picture_loader import PictureLoader

_EDGE = 24


class StyleView(QStackedWidget):
    """The picture with its looks, or what to do while there is none."""

    def __init__(
        self, actions: Actions, loader: PictureLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stage = Stage(self.tr("The picture before and after"), loader)
        self.strip = LookStrip(actions, loader)
        self.notice = Notice()
        self.title = ElidedLabel("", "title")
        self.facts = words("", "fact")
        self.hold = button(self.tr("Hold to compare"), "eye")
        self.hold.setToolTip(self.tr("Shows the original for as long as it is pressed"))
        self.fit = button(self.tr("Fit"))
        self.stop = button(self.tr("Stop"), "x")
        self.empty = EmptyState(
            self.tr("No picture yet"),
            self.tr(
                "Drop a picture here, paste one, or send one from Imagine or the Library."
                " Then see it in every look there is, and take one."
            ),
            self.tr("Open a picture"),
            self.tr("Paste"),
        )
        self.offer = StarterOffer(actions)
        self._start = self._beginning()
        self._work = self._workspace()
        self.addWidget(self._start)
        self.addWidget(self._work)
        self.show_picture(False)

    def show_picture(self, on: bool) -> None:
        """The picture, or the empty state."""
        self.setCurrentWidget(self._work if on else self._start)
        # One line for both: it tells what could not be opened, too.
        (self._under_head if on else self._beside).insertWidget(0, self.notice)

    def _beginning(self) -> QFrame:
        page = QFrame()
        page.setProperty("surface", "bg")
        self._beside = QVBoxLayout(page)
        self._beside.setContentsMargins(_EDGE, 16, _EDGE, 16)
        self._beside.addWidget(self.empty, 1)
        self._beside.addWidget(self.offer)
        return page

    def _workspace(self) -> QFrame:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.facts)
        head.addStretch(1)
        for part in (self.stop, self.hold, self.fit):
            head.addWidget(part)
        self._under_head = QVBoxLayout()
        page = QFrame()
        page.setProperty("surface", "bg")
        box = QVBoxLayout(page)
        box.setContentsMargins(_EDGE, 12, _EDGE, 12)
        box.setSpacing(10)
        box.addLayout(head)
        box.addLayout(self._under_head)
        box.addWidget(self.stage, 1)
        box.addWidget(self.strip)
        return page
