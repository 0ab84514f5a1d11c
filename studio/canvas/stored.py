"""The canvas and its record in the project: what changed since it was stored, as small PNGs."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize
from PySide6.QtGui import QImage

from studio.canvas.layer import CanvasState, Layer
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, GREY, TILE, tile_rect
from studio.document.assets import Asset
from studio.document.canvas.canvas_record import (
    CanvasRecord,
    LayerRecord,
    PatchRecord,
    PixelsRecord,
)

_PNG_QUALITY = 80  # Qt's for PNG: little compression, 3 ms a tile


class CanvasStore:
    """Remembers how each plane was stored, so that a stroke stores only its own tiles."""

    def __init__(self) -> None:
        self._stored: WeakKeyDictionary[Plane, PixelsRecord] = WeakKeyDictionary()

    def adopt(self, plane: Plane, pixels: PixelsRecord) -> None:
        """The plane is what `pixels` says: it was read from there, or stored as one picture."""
        plane.unsaved.clear()
        self._stored[plane] = pixels

    def update(
        self, record: CanvasRecord, state: CanvasState
    ) -> Generator[None, None, tuple[CanvasRecord, tuple[Asset, ...]]]:
        """The record of `state`, and the assets it refers to that are new. It yields every tile.

        All tiles of a plane that is new become patches; `adopt` a picture first where there is one.
        """
        assets: list[Asset] = []
        layers = []
        for layer in (*state.layers, state.mask):
            pixels = yield from self._pixels(layer.plane, assets)
            layers.append(_record_of(layer, pixels))
        *images, mask = layers
        record = replace(
            record, width=state.width, height=state.height, layers=tuple(images), mask=mask
        )
        return record, tuple(assets)

    def _pixels(self, plane: Plane, assets: list[Asset]) -> Generator[None, None, PixelsRecord]:
        known = self._stored.get(plane)
        changed = plane.unsaved if known is not None else set(plane.tiles)
        patches = {(patch.x, patch.y): patch for patch in known.patches} if known else {}
        for index in sorted(changed):
            corner = tile_rect(index).topLeft()
            asset = Asset.from_bytes(_png(plane.tiles.get(index, plane.blank())), "image/png")
            assets.append(asset)
            patches[corner.x(), corner.y()] = PatchRecord(corner.x(), corner.y(), asset.hash)
            yield
        pixels = PixelsRecord(known.asset if known else "", tuple(patches.values()), plane.fill)
        self.adopt(plane, pixels)
        return pixels


def state_of(record: CanvasRecord, planes: Mapping[str, Plane]) -> CanvasState:
    """The state of a record whose pixels were read; `planes` are by id of the layer."""
    layers = [
        Layer(
            each.id,
            each.name,
            planes[each.id],
            each.x,
            each.y,
            each.visible,
            each.opacity,
            each.blend,
            each.locked,
            each.extras,
        )
        for each in (*record.layers, record.mask)
    ]
    *images, mask = layers
    return CanvasState(record.width, record.height, tuple(images), mask)


def plane_of(
    pixels: PixelsRecord, base: Plane | None, patches: Iterable[bytes], is_mask: bool
) -> Generator[None, None, Plane]:
    """The plane that `pixels` describes. It yields every patch.

    `base` holds its asset, read as a picture (None without one); `patches` are the bytes of its
    patches. Raises ValueError for a patch that is no picture.
    """
    plane = base or Plane(GREY if is_mask else COLOUR)
    plane.fill = pixels.fill
    for patch, data in zip(pixels.patches, patches, strict=True):
        image = QImage()
        image.loadFromData(data, "PNG")
        if image.isNull() or image.size() != QSize(TILE, TILE):
            raise ValueError(f"patch at {patch.x}, {patch.y} is no tile")
        plane.write(QPoint(patch.x, patch.y), image.convertToFormat(plane.form))
        yield
    return plane


def _record_of(layer: Layer, pixels: PixelsRecord) -> LayerRecord:
    return LayerRecord(
        layer.id,
        layer.name,
        pixels,
        layer.x,
        layer.y,
        layer.visible,
        layer.opacity,
        layer.blend,
        layer.locked,
        layer.extras,
    )


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    saved = image.save(buffer, "PNG", _PNG_QUALITY)  # type: ignore[call-overload]
    assert saved  # into memory
    return bytes(buffer.data().data())
