"""The Library panel with a few pictures in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from studio import theme
from studio.panels.library.panel import LibraryPanel
from tests.studio.panels.library.fakes import Window

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Make = Callable[[], LibraryPanel]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    made = Window(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, window: Window) -> Iterator[Make]:
    panels: list[LibraryPanel] = []

    def build() -> LibraryPanel:
        panel = LibraryPanel(window.context)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.inspector)
        panel.resize(974, 720)
        panel.inspector.resize(296, 720)
        panels.append(panel)
        with qtbot.waitSignal(panel._looking.found):
            panel.show()
            panel.inspector.show()
        return panel

    yield build
    for panel in panels:
        panel._looking.finish()
        panel._loader.finish()
        panel._thumbnails.finish()


@pytest.fixture
def panel(window: Window, make: Make) -> LibraryPanel:
    """With an owl, a fox and a lighthouse, the newest first."""
    window.put("owl", "an owl, evening light", 0, model="/m/sdxl-base.safetensors", seed=7)
    window.put("fox", "a fox, evening light", 1, model="/m/sdxl-base.safetensors", seed=8)
    window.put("lamp", "a lighthouse", 30, model="starter-icons", steps=20, guidance=3.0)
    return make()
