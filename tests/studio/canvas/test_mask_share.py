"""How much of the canvas is masked."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPainterPath

from studio.canvas import mask_work, operations
from studio.canvas.mask_share import MaskShare
from tests.studio.canvas.scenes import small_canvas


def test_it_follows_every_change(qapp: object) -> None:
    canvas, share = small_canvas(300, 280), MaskShare()
    assert share.of(canvas) == 0
    box = QPainterPath()
    box.addRect(0, 0, 300, 70)
    canvas.work(mask_work.fill_path(canvas, box, subtract=False))
    assert share.of(canvas) == pytest.approx(0.25)
    mask_work.invert(canvas)
    assert share.of(canvas) == pytest.approx(0.75)
    operations.crop(canvas, canvas.state.rect.adjusted(0, 70, 0, 0))
    assert share.of(canvas) == pytest.approx(1.0)
