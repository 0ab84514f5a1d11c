"""Where the data of the program lies, how large it is, and what may be deleted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.plain_facts import megabytes
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.plain import button, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QLabel

    from studio.data_places import DataPlace


class DataList(QDialog):
    """Sizes are shown when they are known: `show_sizes`.

    Signals:
        open_asked: this path is to be shown in the system's file manager.
    """

    open_asked = Signal(object)

    def __init__(self, places: Sequence[DataPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Where is my data"))
        self.resize(640, 620)
        self._sizes: list[QLabel] = []
        form = QWidget()
        form.setProperty("scrolled", True)
        column = QVBoxLayout(form)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        text = self.tr("All of it is on this machine. Nothing is sent anywhere.")
        column.addWidget(words(text, wrap=True))
        for place in places:
            column.addLayout(self._row(place))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(form)
        close = button(self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def show_sizes(self, sizes: Sequence[int]) -> None:
        """Bytes, in the order of the places."""
        for label, size in zip(self._sizes, sizes, strict=True):
            label.setText(megabytes(size))

    def _row(self, place: DataPlace) -> QGridLayout:
        title = QCoreApplication.translate("DataPlaces", place.title)
        size = words("…", "fact")
        self._sizes.append(size)
        where = ElidedLabel(str(place.path), "", Qt.TextElideMode.ElideMiddle)
        where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        show = button(self.tr("Open"))
        show.setAccessibleName(self.tr("Open %1").replace("%1", title))
        show.clicked.connect(partial(self.open_asked.emit, place.path))
        copy = button(self.tr("Copy"), "copy")
        copy.setAccessibleName(self.tr("Copy the path of %1").replace("%1", title))
        copy.clicked.connect(partial(_copy, place.path))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(words(title, "strong"), 0, 0)
        grid.addWidget(size, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(where, 1, 0)
        grid.addWidget(show, 1, 1)
        grid.addWidget(copy, 1, 2)
        help_line = QCoreApplication.translate("DataPlaces", place.help)
        grid.addWidget(words(help_line, "fact", wrap=True), 2, 0, 1, 3)
        return grid


def _copy(path: Path) -> None:
    QGuiApplication.clipboard().setText(str(path))
