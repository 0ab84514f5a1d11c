"""What is seen in the Library panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.widgets.filter_chip import FilterChip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.panels.library.panel import LibraryPanel


def found(qtbot: QtBot, panel: LibraryPanel, *names: str) -> None:
    qtbot.waitUntil(lambda: panel.view.wall._keys == tuple(f"{name}.png" for name in names))


def chip(panel: LibraryPanel, name: str) -> FilterChip:
    return next(c for c in panel.view.bar.findChildren(FilterChip) if c._name == name)
