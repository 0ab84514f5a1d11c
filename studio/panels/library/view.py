"""Where things lie on the Library panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from studio.panels.library.compare_card import CompareCard
from studio.widgets.empty_state import EmptyState
from studio.widgets.picture_area import RIGHT_MARGIN
from studio.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from studio.panels.library.filter_bar import FilterBar
    from studio.panels.library.work_line import WorkLine
    from studio.widgets.picture_loader import PictureLoader
    from studio.widgets.picture_wall import PictureWall

_LEFT_MARGIN = 24
_GAP = 12


class LibraryView(QStackedWidget):
    """The workspace, and in its place the picture that is looked at closely."""

    def __init__(
        self,
        bar: FilterBar,
        wall: PictureWall,
        work: WorkLine,
        loader: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bar, self.wall = bar, wall
        self.zoom = ZoomView(self.tr("Picture"), loader)
        self.compare = CompareCard(loader)
        self.empty = EmptyState(
            self.tr("Every picture will be here"),
            self.tr(
                "What you draw comes here by itself. Pictures of other programs are shown where "
                "they lie, with the settings that their program wrote; or drop them here for a "
                "copy."
            ),
            self.tr("Draw the first one"),
            self.tr("Add a folder of pictures…"),
        )
        self.no_hits = EmptyState(
            self.tr("No picture is like that"),
            self.tr("Try fewer or shorter words, or take a filter off."),
            self.tr("Show all pictures"),
        )
        self._pages = QStackedWidget()
        self._work = self._workspace(work)
        self.compare.hide()
        self.addWidget(self._work)
        self.addWidget(self.zoom)

    def show_pictures(self) -> None:
        self._pages.setCurrentIndex(0)
        self.bar.show()

    def show_no_hits(self) -> None:
        self._pages.setCurrentIndex(1)
        self.bar.show()

    def show_empty(self) -> None:
        """There is nothing to search either."""
        self._pages.setCurrentIndex(2)
        self.bar.hide()

    def is_zoomed(self) -> bool:
        return self.currentWidget() is self.zoom

    def show_zoom(self, on: bool) -> None:
        """The one picture, or the workspace."""
        self.setCurrentWidget(self.zoom if on else self._work)
        (self.zoom if on else self.wall).setFocus(Qt.FocusReason.OtherFocusReason)

    def _workspace(self, line: WorkLine) -> QFrame:
        work = QFrame()
        work.setProperty("surface", "bg")
        self._pages.addWidget(self.wall)
        for page in (self.no_hits, self.empty):
            self._pages.addWidget(_inset(page))
        box = QVBoxLayout(work)
        box.setContentsMargins(_LEFT_MARGIN, 16, 0, 12)
        box.setSpacing(_GAP)
        box.addWidget(_inset(self.bar, line))
        box.addWidget(self._pages, 1)
        box.addWidget(_inset(self.compare))
        return work


def _inset(*parts: QWidget) -> QWidget:
    """They end where the pictures do; the scroll bar is beyond."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, RIGHT_MARGIN, 0)
    box.setSpacing(_GAP)
    for part in parts:
        box.addWidget(part)
    return page
