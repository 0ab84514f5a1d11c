"""What is seen and picked in the Library panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from studio.widgets.elided_label import ElidedLabel
from studio.widgets.filter_chip import FilterChip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel


def found(qtbot: QtBot, panel: LibraryPanel, *names: str) -> None:
    qtbot.waitUntil(lambda: panel.view.wall._keys == tuple(f"{name}.png" for name in names))


def chip(panel: LibraryPanel, name: str) -> FilterChip:
    return next(c for c in panel.view.bar.findChildren(FilterChip) if c._name == name)


def words_of(widget: QWidget) -> list[str]:
    """The texts of all labels that can be seen."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return [
        label.full_text() if isinstance(label, ElidedLabel) else label.text() for label in labels
    ]


def pick(opener: QAbstractButton, text: str) -> list[str]:
    """Opens a menu by its button and takes an entry; returns all entries."""
    seen: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.extend(entry.text() for entry in menu.actions())
        next(entry for entry in menu.actions() if entry.text().startswith(text)).trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    opener.click()
    return seen
