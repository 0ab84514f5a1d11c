"""The Style panel with models that really run, in a child."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipelines.metadata.settings import Tool
from pipelines.pictures import read_info
from pipelines.starters.places import starters_folder
from tests.requirements import real_starter

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.studio.panels.style.conftest import Make
    from tests.studio.panels.style.world import World

PATIENCE = 60_000  # milliseconds

in_a_child = pytest.mark.parametrize("world", ["child"], indirect=True)


@in_a_child
def test_drawn_applied_and_enlarged(qtbot: QtBot, world: World, make: Make) -> None:
    panel = make()
    path = world.picture()
    panel.open_picture(path)
    looks = panel.view.strip.looks

    def all_drawn() -> bool:
        return bool(looks.cells()) and all(cell.path for cell in looks.cells())

    qtbot.waitUntil(all_drawn, timeout=PATIENCE)
    sizes = []
    for cell in looks.cells():
        with Image.open(cell.path) as small:
            sizes.append(small.size)
    assert sizes == [(96, 64), (96, 64)]
    panel._edit({"scale": 2})
    panel.apply()
    qtbot.waitUntil(lambda: len(world.library.recent()) == 2, timeout=PATIENCE)
    larger, styled = world.library.recent()
    assert larger.path.name == "0002-harbour-moss-x2.png"
    assert styled.path.name == "0001-harbour-moss.png"
    assert (larger.width, larger.height) == (192, 128)
    assert panel.view.stage._paths == (str(path), str(larger.path))
    info = read_info(styled.path)
    assert info.tool is Tool.FABULA
    assert info.request is not None
    assert Path(str(info.request["network"])).name == "moss.safetensors"
    assert b"algorithmicallyEnhanced" in larger.path.read_bytes()
    assert not world.problems


@in_a_child
def test_a_folder_with_a_bad_picture(qtbot: QtBot, world: World, make: Make) -> None:
    panel = make()
    folder = world.folder / "holiday"
    for name in ("a.png", "c.png"):
        world.picture(f"holiday/{name}")
    (folder / "b.png").write_text("not a picture")
    panel._edit({"look": "moss"})
    panel.do_folder(folder)
    qtbot.waitUntil(lambda: bool(world.problems), timeout=PATIENCE)
    assert sorted(each.path.name for each in world.library.recent()) == [
        "0001-a-moss.png",
        "0002-c-moss.png",
    ]
    assert world.problems[0].message.startswith("1 of 3 pictures could not be done.")


@in_a_child
def test_the_starter_set(qtbot: QtBot, world: World, make: Make, tmp_path: Path) -> None:
    starters_folder().mkdir(parents=True)
    for name in ("vintage", "painting-styles", "real-esrgan"):
        (starters_folder() / name).symlink_to(real_starter(name))
    panel = make()
    panel.take_look(world.picture("monet.png"))
    panel.open_picture(world.picture())
    looks = panel.view.strip.looks
    qtbot.waitUntil(lambda: len(looks.cells()) == 30, timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(cell.path for cell in looks.cells()), timeout=PATIENCE)
    assert looks.cells()[0].name == "Vintage"
    assert "MIT" in looks.cells()[0].tip
    assert panel.state.look == f"like:{tmp_path / 'monet.png'}"
    panel.apply()
    qtbot.waitUntil(lambda: bool(world.library.recent()), timeout=PATIENCE)
    assert world.library.recent()[0].path.name == "0001-harbour-monet.png"
    assert not world.problems
