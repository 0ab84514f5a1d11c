"""The canvas and its record in the project: what changed since it was stored, as small PNGs."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize
from PySide6.QtGui import QImage

from studio.canvas.layer import CanvasState, Layer
from studio.canvas.plane import Plane
from studio.canvas.tiling import COLOUR, GREY, TILE, Index, tile_rect
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
        self._seen: WeakSet[Plane] = WeakSet()  # stored, or about to be

    def adopt(self, plane: Plane, pixels: PixelsRecord) -> None:
        """The plane is what `pixels` says: it was read from there, or stored as one picture."""
        plane.unsaved.clear()
        self._stored[plane] = pixels
        self._seen.add(plane)

    def update(
        self, record: CanvasRecord, state: CanvasState
    ) -> Generator[None, None, tuple[CanvasRecord, tuple[Asset, ...]]]:
        """The record of `state`, and the assets it refers to that are new. It yields every tile.

        The pixels are those of this call: they may change while the rest of the work is done, if
        that is done before the work of any later call. All tiles of a plane that is new become
        patches; `adopt` a picture first where there is one.
        """
        layers = [(layer, self._take(layer.plane)) for layer in (*state.layers, state.mask)]
        return self._encoded(replace(record, width=state.width, height=state.height), layers)

    def _take(self, plane: Plane) -> _Changed:
        """What of the plane has to be stored; the tiles are shared until somebody paints."""
        indices = plane.unsaved if plane in self._seen else plane.tiles
        blank = plane.blank()
        tiles = {index: QImage(plane.tiles.get(index, blank)) for index in sorted(indices)}
        plane.unsaved.clear()
        self._seen.add(plane)
        return _Changed(plane, tiles, plane.fill)

    def _encoded(
        self, record: CanvasRecord, layers: list[tuple[Layer, _Changed]]
    ) -> Generator[None, None, tuple[CanvasRecord, tuple[Asset, ...]]]:
        assets: list[Asset] = []
        records = []
        for layer, changed in layers:
            known = self._stored.get(changed.plane, PixelsRecord())
            patches = {(patch.x, patch.y): patch for patch in known.patches}
            for index, tile in changed.tiles.items():
                corner = tile_rect(index).topLeft()
                asset = Asset.from_bytes(_png(tile), "image/png")
                assets.append(asset)
                patches[corner.x(), corner.y()] = PatchRecord(corner.x(), corner.y(), asset.hash)
                yield
            pixels = PixelsRecord(known.asset, tuple(patches.values()), changed.fill)
            self._stored[changed.plane] = pixels
            records.append(_record_of(layer, pixels))
        *images, mask = records
        return replace(record, layers=tuple(images), mask=mask), tuple(assets)


@dataclass(frozen=True, slots=True)
class _Changed:
    plane: Plane
    tiles: dict[Index, QImage]
    fill: int


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
