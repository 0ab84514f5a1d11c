"""The panel in its window, for every test of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from studio import theme
from studio.panels.bible.panel import BiblePanel
from tests.studio.panels.bible.fakes import STORY, Window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Make = Callable[[], BiblePanel]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    made = Window(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, window: Window) -> Iterator[Make]:
    panels: list[BiblePanel] = []

    def build() -> BiblePanel:
        panel = BiblePanel(window.context)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.inspector)
        panel.resize(976, 720)
        panel.inspector.resize(296, 720)
        panel.show()
        panel.inspector.show()
        panels.append(panel)
        return panel

    yield build
    for panel in panels:
        panel._loader.finish()
        panel._thumbnails.finish()


@pytest.fixture
def panel(window: Window, make: Make) -> BiblePanel:
    """With Mara, Old Tom and the harbour; Mara is looked at."""
    window.put(*STORY)
    return make()
