"""Scenes of the panels that work on a picture: Inpaint on a drawn street, Style on it too."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from pathlib import Path

    from stage import Stage

_SIZE = 2016, 1273  # pixels
_LAMP = 985  # pixels from the left


def inpaint(stage: Stage) -> None:
    """A lamp post is painted over and removed: three candidates, one of them in place."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from stage import pause, wait_for

    from studio.panels.inpaint.panel import InpaintPanel
    from studio.wishes import InpaintPicture

    stage.window.show_panel("inpaint")
    stage.keep("inpaint_empty")
    picture = street(stage.context.paths.state / "Harbour.png")
    stage.context.wishes.send("inpaint", InpaintPicture(picture))
    panel = stage.window.panel("inpaint")
    assert isinstance(panel, InpaintPanel)
    wait_for(lambda: panel.session.record is not None)
    pause(1500)
    panel.bench.take("rectangle")
    view = panel.view.canvas
    scale = view.zoom / view.devicePixelRatioF()
    left = (view.width() - _SIZE[0] * scale) / 2
    top = (view.height() - _SIZE[1] * scale) / 2

    def place(x: float, y: float) -> QPoint:
        return QPoint(round(left + x * scale), round(top + y * scale))

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place(_LAMP - 50, 370))
    QTest.mouseMove(view, place(_LAMP, 900))
    QTest.mouseMove(view, place(_LAMP + 55, _SIZE[1] + 9))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place(_LAMP + 55, _SIZE[1] + 9))
    pause(800)
    stage.keep("inpaint_mask")
    stage.context.actions.trigger("inpaint.go")
    wait_for(lambda: stage.context.actions.can_run("inpaint.keep"))
    stage.finish()
    pause(1500)
    stage.keep("inpaint")
    stage.context.actions.trigger("inpaint.keep")
    stage.window.show_panel("imagine")


def style(stage: Stage) -> None:
    """Every look there is, of the street; without the starter set its empty state."""
    from stage import pause

    from studio.panels.style.panel import StylePanel

    stage.window.show_panel("style")
    pause(500)
    stage.keep("style_empty")
    panel = stage.window.panel("style")
    assert isinstance(panel, StylePanel)
    panel.open_picture(street(stage.context.paths.state / "Harbour.png"))
    pause(20_000)
    stage.keep("style")
    stage.window.show_panel("imagine")


def street(path: Path) -> Path:
    """Houses at dusk and a lamp post before them."""
    width, height = _SIZE
    sky = Image.linear_gradient("L").resize(_SIZE)
    image = Image.merge(
        "RGB",
        [
            sky.point([90 + v // 2 for v in range(256)]),
            sky.point([110 + v // 3 for v in range(256)]),
            sky.point([190 - v // 3 for v in range(256)]),
        ],
    )
    image = Image.blend(image, Image.effect_noise(_SIZE, 28).convert("RGB"), 0.12)
    draw, dice = ImageDraw.Draw(image), random.Random(3)
    for x in range(0, width, 210):
        roof = height - dice.randint(300, 650)
        draw.rectangle((x, roof, x + 200, height), fill=(70 + dice.randint(0, 60), 60, 60))
        for y in range(roof + 30, height - 50, 80):
            for window in range(x + 20, x + 180, 60):
                draw.rectangle((window, y, window + 30, y + 45), fill=(240, 210, 120))
    draw.rectangle((_LAMP - 12, 450, _LAMP + 12, height), fill=(20, 20, 25))
    draw.ellipse((_LAMP - 42, 390, _LAMP + 42, 465), fill=(255, 240, 190))
    image.filter(ImageFilter.GaussianBlur(0.8)).save(path)
    return path
