"""The colour tokens of both themes, and the contrast they must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SURFACES = ("bg", "panel", "raised", "field", "selection")
TEXTS = ("text", "muted", "accent_text", "ok", "danger")
MARKS = ("accent", "mask", "tag_1", "tag_2", "tag_3", "tag_4", "tag_5", "tag_6")

TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0
DISABLED_OPACITY = 0.45

THEMES: Mapping[str, Mapping[str, str]] = {
    "dark": {
        "bg": "#16181d",
        "panel": "#1d2026",
        "raised": "#262a32",
        "field": "#14161a",
        "selection": "#2e333d",
        "line": "#31363f",
        "text": "#e6e8ec",
        "muted": "#a3aab6",
        "accent": "#e8a33d",
        "accent_text": "#e8a33d",
        "on_accent": "#1a1408",
        "ok": "#6fbf73",
        "danger": "#e88080",
        "mask": "#e0559a",
        "tag_1": "#6ea8d8",
        "tag_2": "#d98a6a",
        "tag_3": "#6dbb9a",
        "tag_4": "#b79ae0",
        "tag_5": "#c9b25a",
        "tag_6": "#d88aa8",
    },
    "light": {
        "bg": "#f3f4f6",
        "panel": "#ffffff",
        "raised": "#eceef2",
        "field": "#fafbfc",
        "selection": "#e4e7ed",
        "line": "#d5d9e0",
        "text": "#1d2128",
        "muted": "#565e6a",
        "accent": "#b8741a",
        "accent_text": "#85530f",
        "on_accent": "#171206",
        "ok": "#28703a",
        "danger": "#ad3636",
        "mask": "#c2307c",
        "tag_1": "#2f74b0",
        "tag_2": "#b3532c",
        "tag_3": "#1f7d5a",
        "tag_4": "#7a52b8",
        "tag_5": "#84700f",
        "tag_6": "#b03a6c",
    },
}

# Over a picture neither theme's surfaces help: these stay the same in both.
PICTURE: Mapping[str, str] = {
    "scrim": "#a8000000",
    "on_scrim": "#ffffff",
    "accent": THEMES["dark"]["accent"],
    "check_light": "#9a9da3",
    "check_dark": "#7f8288",
}


class Pair(NamedTuple):
    """Two tokens that meet on the screen, the ratio they reach and the ratio they need."""

    ratio: float
    front: str
    back: str
    needed: float


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def pairs(theme: str) -> list[Pair]:
    """Every pair of tokens of `theme` that the contrast law speaks of."""
    colours = THEMES[theme]
    needs = [(front, back, TEXT_CONTRAST) for front in TEXTS for back in SURFACES]
    needs.append(("on_accent", "accent", TEXT_CONTRAST))
    needs += [(front, back, MARK_CONTRAST) for front in MARKS for back in SURFACES]
    return [
        Pair(contrast(colours[front], colours[back]), front, back, needed)
        for front, back, needed in needs
    ]
