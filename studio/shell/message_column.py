"""The place at the top of the workspace for what went wrong and what should be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.widgets.notice import Notice

if TYPE_CHECKING:
    from studio.widgets.error_banner import ErrorBanner


class MessageColumn(QWidget):
    """The banner, and notices below it; takes no room while all of them are hidden."""

    def __init__(self, banner: ErrorBanner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 0)
        self._column.setSpacing(8)
        self._add(banner)
        self._fit()

    def add_notice(self) -> Notice:
        """One more, hidden until it tells something."""
        notice = Notice()
        self._add(notice)
        return notice

    def _add(self, part: QWidget) -> None:
        part.installEventFilter(self)
        self._parts.append(part)
        self._column.addWidget(part)
        part.hide()

    def _fit(self) -> None:
        self.setVisible(any(not part.isHidden() for part in self._parts))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return False
