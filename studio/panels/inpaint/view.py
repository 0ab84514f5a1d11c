"""Where things lie on the Inpaint panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.canvas.options_bar import OptionsBar
from studio.canvas.tool_column import ToolColumn
from studio.canvas.view import CanvasView
from studio.panels.inpaint.tray import Tray
from studio.panels.inpaint.zoom_row import ZoomRow
from studio.widgets.empty_state import EmptyState
from studio.widgets.notice import Notice
from studio.widgets.plain import line

if TYPE_CHECKING:
    from studio.canvas.workbench import Workbench

_EDGE = 16


class InpaintView(QStackedWidget):
    """The canvas with its tools, or what to do while there is none."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = CanvasView(bench)
        self.bar = OptionsBar(bench)
        self.tools = ToolColumn(bench)
        self.zoom = ZoomRow(self.canvas)
        self.tray = Tray()
        self.notice = Notice()
        self.empty = EmptyState(
            self.tr("No picture on the canvas"),
            self.tr(
                "Drop a picture here, paste one, or send one from Imagine or the Library."
                " Then paint over what is to change: every pixel outside stays as it is."
            ),
            self.tr("Open a picture"),
            self.tr("Paste"),
        )
        self._start = self._beginning()
        self._work = self._workspace()
        self.addWidget(self._start)
        self.addWidget(self._work)

    def show_canvas(self, on: bool) -> None:
        """The canvas, or the empty state."""
        self.setCurrentWidget(self._work if on else self._start)
        # One line for both: it tells what could not be opened, too.
        (self._under if on else self._beside).insertWidget(0, self.notice)

    @property
    def shows_canvas(self) -> bool:
        return self.currentWidget() is self._work

    def set_tools_enabled(self, on: bool) -> None:
        """Off while the canvas shows what is not its own."""
        for part in (self.bar, self.tools):
            part.setEnabled(on)

    def _beginning(self) -> QFrame:
        page = QFrame()
        page.setProperty("surface", "bg")
        self._beside = QVBoxLayout(page)
        self._beside.setContentsMargins(24, _EDGE, 24, 8)
        self._beside.addWidget(self.notice)
        self._beside.addWidget(self.empty, 1)
        return page

    def _workspace(self) -> QFrame:
        page = QFrame()
        page.setProperty("surface", "bg")
        self._under = QVBoxLayout()
        self._under.setContentsMargins(_EDGE, 8, _EDGE, 12)
        self._under.setSpacing(12)
        self._under.addWidget(self.zoom)
        self._under.addWidget(self.tray)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.canvas, 1)
        right.addLayout(self._under)
        column = QFrame()
        column.setProperty("surface", "panel")
        inside = QHBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.tools)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(column)
        body.addWidget(line(vertical=True))
        body.addLayout(right, 1)
        top = QFrame()
        top.setProperty("surface", "panel")
        above = QHBoxLayout(top)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.bar)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(top)
        box.addWidget(line())
        box.addLayout(body, 1)
        return page
