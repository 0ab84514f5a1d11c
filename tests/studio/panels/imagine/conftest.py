"""The Imagine panel with real jobs whose events the test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from studio import theme
from studio.panels.imagine.panel import ImaginePanel
from tests.studio.panels.imagine.fakes import Window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Make = Callable[[], ImaginePanel]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    made = Window(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, window: Window) -> Iterator[Make]:
    panels: list[ImaginePanel] = []

    def build() -> ImaginePanel:
        panel = ImaginePanel(window.context)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.inspector)
        panel.resize(974, 720)
        panel.inspector.resize(296, 720)
        panel.show()
        panel.inspector.show()
        panels.append(panel)
        return panel

    yield build
    for panel in panels:
        panel._loader.finish()


@pytest.fixture
def panel(make: Make) -> ImaginePanel:
    return make()
