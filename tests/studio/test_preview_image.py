"""Previews for Qt."""

from __future__ import annotations

from pipelines.api import Preview
from studio.preview_image import preview_image


def test_rows_are_as_they_come() -> None:
    rgb = bytes([255, 0, 0, 0, 255, 0, 0, 0, 255]) + bytes(9)
    image = preview_image(Preview(rgb=rgb, width=3, height=2, part=0))
    assert [image.pixelColor(x, 0).name() for x in range(3)] == ["#ff0000", "#00ff00", "#0000ff"]
