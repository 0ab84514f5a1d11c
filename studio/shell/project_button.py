"""The project's name at the head of the rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from studio import phosphor, theme
from studio.widgets.plain_tip import plain_tip

_CARET_PX = 12
_MARGIN = 10


class ProjectButton(QPushButton):
    """The name at the left, elided where it is long, and a caret at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setProperty("kind", "project")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.current().changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Shows the project's name."""
        self._name = name
        self.setAccessibleName(self.tr("Project %1").replace("%1", name))
        self._elide()

    def _elide(self) -> None:
        self.ensurePolished()
        room = self.width() - 3 * _MARGIN - _CARET_PX
        elided = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(elided)
        self.setToolTip(plain_tip(self._name) if elided != self._name else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left = self.width() - _MARGIN - _CARET_PX
        square = QRectF(left, (self.height() - _CARET_PX) / 2, _CARET_PX, _CARET_PX)
        phosphor.paint(painter, square, "caret-down", theme.colour("muted"))
        painter.end()
