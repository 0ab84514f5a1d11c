"""`stack.xml` of an OpenRaster file: which layers there are, and how they lie on each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from studio.formats.imported_bible import UnreadableError

MOST_LAYERS = 1000
DEEPEST = 32
"""Groups inside each other."""

_FAR = 1 << 20  # pixels from the canvas
_OWN = {"name", "src", "x", "y", "opacity", "visibility", "composite-op", "edit-locked"}
_OF_IMAGE = {"w", "h", "version"}


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What a file says of a layer: it begins at `x`, `y`; `blend` is as "svg:multiply".

    `attributes` are those that this version does not know; they are written back.
    """

    name: str
    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True
    locked: bool = False
    blend: str = "svg:src-over"
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stack:
    """`layers` stand bottom to top, although the file begins at the top.

    Each comes with the name of its picture in the archive.
    """

    width: int
    height: int
    layers: tuple[tuple[LayerFacts, str], ...]
    attributes: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """What the groups around a layer pass on to it."""

    x: int = 0
    y: int = 0
    opacity: float = 1.0
    visible: bool = True

    def inside(self, element: ET.Element) -> _Group:
        return _Group(
            self.x + _whole(element, "x"),
            self.y + _whole(element, "y"),
            self.opacity * _opacity(element),
            self.visible and _visible(element),
        )


def parse_stack(data: bytes) -> Stack:
    """Raises UnreadableError for XML that is no stack, too deep, or declares entities."""
    root = _parse(data)
    if root.tag != "image":
        raise _damaged()
    stack = root.find("stack")
    if stack is None:
        raise _damaged()
    if sum(1 for _ in stack.iter("layer")) > MOST_LAYERS:
        raise UnreadableError(f"has more than {MOST_LAYERS:,} layers")
    found = list(_layers(stack, _Group()))
    groups = sum(1 for element in stack.iter("stack")) - 1
    notes = []
    if groups:
        notes.append("The picture has groups: their layers were taken out of them.")
    if blended := [group for group in stack.iter("stack") if _blend(group) != "svg:src-over"]:
        notes.append(f"{len(blended)} of its groups blend in a way that was not kept.")
    return Stack(
        _side(root, "w"),
        _side(root, "h"),
        tuple(reversed(found)),
        _others(root, _OF_IMAGE),
        tuple(notes),
    )


def write_stack(
    width: int, height: int, layers: Iterable[tuple[LayerFacts, str]], attributes: dict[str, str]
) -> ET.Element:
    """The XML of layers that stand bottom to top."""
    root = ET.Element("image", attributes)
    root.attrib |= {"version": "0.0.5", "w": str(width), "h": str(height)}
    stack = ET.SubElement(root, "stack")
    for layer, source in reversed(tuple(layers)):
        element = ET.SubElement(stack, "layer", layer.attributes)
        element.attrib |= {
            "name": _printable(layer.name),
            "src": source,
            "x": str(layer.x),
            "y": str(layer.y),
            "opacity": f"{layer.opacity:.4f}",
            "visibility": "visible" if layer.visible else "hidden",
            "composite-op": layer.blend,
        }
        if layer.locked:
            element.set("edit-locked", "true")
    return root


def check_size(width: int, height: int, max_pixels: int) -> None:
    """Raises UnreadableError for a picture that is too large."""
    if width * height > max_pixels:
        most = max_pixels // 1_000_000
        raise UnreadableError(
            f"is too large: {width:,} × {height:,} pixels, where {most} million can be used"
        )


class _Builder(ET.TreeBuilder):
    """Ends at what no honest file has: a DTD (with its entities), thousands of nested groups."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _damaged()

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._depth += 1
        if self._depth > DEEPEST + 2:
            raise UnreadableError(f"has more than {DEEPEST} groups inside each other")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


def _parse(data: bytes) -> ET.Element:
    # Entities need a DTD, which may not begin any other way; expat itself ends when they grow.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged()
    parser = ET.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: ET.Element = parser.close()
    except ET.ParseError as error:
        raise _damaged() from error
    return root


def _layers(stack: ET.Element, group: _Group) -> Iterator[tuple[LayerFacts, str]]:
    for element in stack:
        inner = group.inside(element)
        if element.tag == "stack":
            yield from _layers(element, inner)
        elif element.tag == "layer":
            facts = LayerFacts(
                name=element.get("name", ""),
                x=inner.x,
                y=inner.y,
                opacity=inner.opacity,
                visible=inner.visible,
                locked=element.get("edit-locked") == "true",
                blend=_blend(element),
                attributes=_others(element, _OWN),
            )
            yield facts, element.get("src", "")


def _others(element: ET.Element, known: set[str]) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name not in known}


def _blend(element: ET.Element) -> str:
    return element.get("composite-op", "svg:src-over")


def _visible(element: ET.Element) -> bool:
    return element.get("visibility", "visible") != "hidden"


def _opacity(element: ET.Element) -> float:
    try:
        value = float(element.get("opacity", "1"))
    except ValueError:
        return 1.0
    return min(1.0, max(0.0, value)) if math.isfinite(value) else 1.0


def _whole(element: ET.Element, name: str) -> int:
    try:
        value = int(element.get(name, "0"))
    except ValueError as error:
        raise _damaged() from error
    if abs(value) > _FAR:
        raise _damaged()
    return value


def _side(root: ET.Element, name: str) -> int:
    value = _whole(root, name)
    if value < 1:
        raise _damaged()
    return value


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())


def _damaged() -> UnreadableError:
    return UnreadableError("has a damaged list of layers")
