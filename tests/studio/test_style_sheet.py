"""The style sheet is complete and takes its colours from nowhere else."""

from __future__ import annotations

import re

import pytest

from studio.style_sheet import style_sheet
from studio.tokens import THEMES

CONTROLS = """
QPushButton QToolButton QLineEdit QPlainTextEdit QComboBox QSpinBox QDoubleSpinBox QSlider
QCheckBox QRadioButton QMenu QMenuBar QToolTip QScrollBar QTabBar QListView QTreeView QTableView
QHeaderView QDialog QSplitter QProgressBar QGroupBox
"""
IMAGES = {name: f"/{name}.png" for name in ("caret_down", "caret_up", "check", "tick")}


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_a_token(theme: str) -> None:
    sheet = style_sheet(THEMES[theme], IMAGES)
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", sheet)) <= set(THEMES[theme].values())
    assert "$" not in sheet


def test_every_control_has_a_style() -> None:
    sheet = style_sheet(THEMES["dark"], IMAGES)
    controls = CONTROLS.split()
    assert [name for name in controls if not re.search(rf"\b{name}\b", sheet)] == []


def test_a_missing_token_or_image_is_an_error() -> None:
    with pytest.raises(KeyError, match="tick"):
        style_sheet(THEMES["dark"], {name: IMAGES[name] for name in IMAGES if name != "tick"})
    with pytest.raises(KeyError, match="line"):
        style_sheet(
            {name: value for name, value in THEMES["dark"].items() if name != "line"}, IMAGES
        )
