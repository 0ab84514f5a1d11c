"""The outlines of the Phosphor icon set, which the package qtawesome brings."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

_DESIGN_PX = 64.0
_SHARE = 0.875  # what a glyph fills of its square, as qtawesome draws it


# Importing qtawesome takes 110 ms and its first icon 40 more (it loads all its twelve sets and
# half of Qt): too much before the window is there. One set, read straight from its files, takes a
# tenth of that.
def _font_file(pattern: str) -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package qtawesome is missing, which brings the icons.")
    (found,) = (Path(spec.origin).parent / "fonts").glob(pattern)
    return found


@cache
def codes() -> dict[str, str]:
    """The names of the set, each with its code point in hexadecimal."""
    found: dict[str, str] = json.loads(
        _font_file("phosphor-charmap-*.json").read_text(encoding="utf-8")
    )
    return found


@cache
def _font() -> QRawFont:
    return QRawFont(str(_font_file("phosphor-[0-9]*.ttf")), _DESIGN_PX)


@cache
def outline(name: str) -> QPainterPath:
    """An icon around (0, 0), 1 high with its margins. KeyError for a name not in the set."""
    (glyph,) = _font().glyphIndexesForString(chr(int(codes()[name], 16)))
    (advance,) = _font().advancesForGlyphIndexes([glyph])
    path = _font().pathForGlyph(glyph)
    path.translate(-advance.x() / 2, (_font().ascent() - _font().descent()) / 2)
    path = QTransform.fromScale(_SHARE / _DESIGN_PX, _SHARE / _DESIGN_PX).map(path)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def paint(painter: QPainter, rect: QRect | QRectF, name: str, colour: QColor) -> None:
    """Paints an icon as large as fits into the middle of `rect`. KeyError as `outline`."""
    rect = QRectF(rect)
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    painter.scale(side, side)
    painter.fillPath(outline(name), colour)
    painter.restore()


def draw(name: str, colour: QColor, px: int, ratio: float = 1.0) -> QPixmap:
    """An icon of `px` pixels a side, on a screen of `ratio` device pixels to one."""
    drawn = QPixmap(round(px * ratio), round(px * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint(painter, drawn.rect(), name, colour)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
