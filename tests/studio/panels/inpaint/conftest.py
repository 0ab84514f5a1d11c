"""The panel in its window, for every test of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from studio import theme
from studio.panels.inpaint.panel import InpaintPanel
from tests.studio.panels.inpaint.fakes import Window, photo

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Make = Callable[[], InpaintPanel]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    made = Window(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, window: Window) -> Iterator[Make]:
    panels: list[InpaintPanel] = []

    def build() -> InpaintPanel:
        panel = InpaintPanel(window.context)
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
        panel.finish()
        panel._loader.finish()
        panel._portraits.finish()


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path, make: Make) -> InpaintPanel:
    """With a photograph on its canvas."""
    made = make()
    made.intake.open(photo(tmp_path / "Harbour.png"))
    qtbot.waitUntil(lambda: made.session.record is not None, timeout=10_000)
    made.session.settle()
    return made
