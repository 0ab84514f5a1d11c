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
    """The name at the left, elided where it is long, a star where it changed, and a caret."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._mark = "", ""
        self.setProperty("kind", "project")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.current().changed.connect(self.update)

    def set_name(self, name: str, modified: bool) -> None:
        """Shows the project's name, with a star where it has unsaved changes."""
        self._name, self._mark = name, " *" if modified else ""
        text = self.tr("Project %1, unsaved changes") if modified else self.tr("Project %1")
        self.setAccessibleName(text.replace("%1", name))
        self._elide()

    def _elide(self) -> None:
        self.ensurePolished()
        metrics = self.fontMetrics()
        room = self.width() - 3 * _MARGIN - _CARET_PX - metrics.horizontalAdvance(self._mark)
        elided = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(elided.replace("&", "&&") + self._mark)
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
