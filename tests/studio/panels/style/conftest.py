"""The Style panel with two small networks on the disk: one for a look, one that enlarges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from studio import theme
from studio.panels.style.panel import StylePanel
from tests.studio.panels.style.world import World
from tests.tiny_gans import CompactNet, ResnetGenerator, instance, save, seeded

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Make = Callable[[], StylePanel]


@pytest.fixture
def world(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """With a parameter "child" models really run, in a child."""
    if not theme.application().styleSheet() or theme.current().name != "dark":
        theme.current().set("dark")
    made = World(tmp_path, child=getattr(request, "param", "") == "child")
    save(seeded(ResnetGenerator(instance(False))), made.networks / "moss.safetensors")
    save(seeded(ResnetGenerator(instance(False), width=8)), made.networks / "rust.safetensors")
    save(seeded(CompactNet()), made.networks / "twice.safetensors")
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, world: World) -> Iterator[Make]:
    panels: list[StylePanel] = []

    def build() -> StylePanel:
        panel = StylePanel(world.context)
        qtbot.addWidget(panel)
        qtbot.addWidget(panel.inspector)
        panel.resize(974, 720)
        panel.inspector.resize(296, 720)
        panel.show()
        panel.inspector.show()
        panels.append(panel)
        qtbot.waitUntil(lambda: panel._networks.complete)
        return panel

    yield build
    for panel in panels:
        panel._drawing.stop()
        panel._loader.finish()


@pytest.fixture
def panel(make: Make) -> StylePanel:
    return make()
