"""The one style sheet: every Qt control, drawn from the tokens.

Widgets say what they are by dynamic properties: `role` on a QLabel (fact, head, strong, title,
big, ok, danger, accent), `surface` on a QFrame (bg, panel, raised, field, card, line), `kind` on
a button (primary, flat, tool, tall, danger), on a QLineEdit (title, quiet, chip: a field only
while it is used) or on a list (plain).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from studio.tokens import DISABLED_OPACITY

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHEET = Template("""
QMainWindow, QDialog { background: $panel; }
QFrame[surface="bg"] { background: $bg; }
QFrame[surface="panel"] { background: $panel; }
QFrame[surface="raised"] { background: $raised; border-radius: 6px; }
QFrame[surface="field"] { background: $field; border: 1px solid $line; border-radius: 6px; }
QFrame[surface="card"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[surface="line"] { background: $line; border: none; }

QLabel[role="fact"] { color: $muted; font-size: 12px; }
QLabel[role="head"] { font-size: 12px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="big"] { font-size: 22px; font-weight: 600; }
QLabel[role="ok"] { color: $ok; font-size: 12px; font-weight: 500; }
QLabel[role="danger"] { color: $danger; font-size: 12px; font-weight: 500; }
QLabel[role="accent"] { color: $accent_text; font-size: 12px; font-weight: 500; }
QLabel:disabled { color: $text_faded; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 0 11px; min-height: 26px;
}
QPushButton:hover, QToolButton:hover, QPushButton:checked, QToolButton:checked,
QToolButton[popupMode="2"]:pressed { background: $selection; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $text_faded; }
QPushButton[kind="flat"], QToolButton[kind="flat"] {
    background: transparent; border: 1px solid transparent; color: $muted; padding: 0 3px;
    font-size: 12px; min-height: 18px;
}
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { color: $text; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border-color: $accent; }
QPushButton[kind="tool"], QToolButton[kind="tool"] {
    background: transparent; border: 1px solid transparent; padding: 0;
    min-width: 22px; min-height: 22px;
}
QPushButton[kind="tool"]:hover, QToolButton[kind="tool"]:hover { background: $selection; }
QPushButton[kind="tool"]:focus, QToolButton[kind="tool"]:focus { border-color: $accent; }
QPushButton[kind="tall"] {
    background: transparent; border: 1px solid transparent; padding: 0;
    min-width: 34px; min-height: 34px;
}
QPushButton[kind="tall"]:hover { background: $raised; }
QPushButton[kind="tall"]:checked { background: $selection; }
QPushButton[kind="tall"]:focus { border-color: $accent; }
QPushButton[kind="project"] {
    background: transparent; border: 1px solid transparent; padding: 0 9px; font-weight: 600;
    text-align: left;
}
QPushButton[kind="project"]:hover { background: $raised; }
QPushButton[kind="project"]:focus { border-color: $accent; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 2px solid $accent; font-weight: 600;
    min-height: 32px;
}
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled {
    background: $accent_faded; border-color: transparent; color: $text_faded;
}
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="danger"]:disabled { color: $text_faded; }
QPushButton[kind="field"] { background: $field; min-height: 22px; }
QPushButton[kind="recorder"] { text-align: left; background: $field; }
QPushButton[kind="recorder"]:checked { border-color: $accent; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {
    background: $field; color: $text; border: 1px solid $line; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { padding: 0 9px; min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit[kind="title"] { font-size: 22px; font-weight: 600; min-height: 34px; padding: 0 7px; }
QLineEdit[kind="chip"] { font-size: 12px; min-height: 22px; border-radius: 12px; }
QLineEdit[kind="title"], QLineEdit[kind="quiet"], QLineEdit[kind="chip"] {
    background: transparent; border-color: transparent;
}
QLineEdit[kind="quiet"] { padding: 0 7px; }
QLineEdit[kind="title"]:hover, QLineEdit[kind="quiet"]:hover, QLineEdit[kind="chip"]:hover {
    border-color: $line;
}
QLineEdit[kind="title"]:focus, QLineEdit[kind="quiet"]:focus, QLineEdit[kind="chip"]:focus {
    background: $field; border-color: $accent;
}
QPlainTextEdit[kind="quiet"] { background: $panel; color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus, QComboBox:on { border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled,
QDoubleSpinBox:disabled, QComboBox:disabled { color: $text_faded; }
QComboBox QLineEdit, QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {
    border: none; background: transparent; padding: 0; min-height: 0;
}
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url($caret_down); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $panel; border: 1px solid $line; border-radius: 0; padding: 4px; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox { combobox-popup: 0; }
QSpinBox::up-button, QDoubleSpinBox::up-button {
    border: none; width: 24px; subcontrol-origin: padding; subcontrol-position: top right;
}
QSpinBox::down-button, QDoubleSpinBox::down-button {
    border: none; width: 24px; subcontrol-origin: padding; subcontrol-position: bottom right;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url($caret_up); width: 10px; height: 10px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url($caret_down); width: 10px; height: 10px;
}

QCheckBox, QRadioButton { spacing: 8px; min-height: 22px; border: 1px solid transparent;
    border-radius: 6px; padding: 0 3px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_faded; }
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QListView::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $field;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url($check);
}
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px;
    background: $on_accent; }

QSlider { min-height: 18px; border: 1px solid transparent; border-radius: 6px; }
QSlider:focus { border-color: $accent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $text;
}
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $line; }
QSlider::add-page:vertical { background: $accent; border-radius: 2px; }
QSlider::handle:vertical {
    width: 14px; height: 14px; margin: 0 -5px; border-radius: 7px; background: $text;
}
QSlider::sub-page:horizontal:disabled, QSlider::add-page:vertical:disabled { background: $muted; }
QSlider::handle:disabled { background: $muted; }

QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px;
    min-height: 4px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QMenuBar { background: transparent; spacing: 0; padding: 0; }
QMenuBar::item { padding: 5px 8px; border-radius: 6px; background: transparent; color: $text; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selection; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $text_faded; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 12px; height: 12px; padding-left: 6px; }
QMenu::indicator:checked { image: url($tick); }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }

QListView, QTreeView, QTableView, QListWidget, QTreeWidget, QTableWidget {
    background: $field; alternate-background-color: $panel; border: 1px solid $line;
    border-radius: 6px; outline: none; padding: 4px; gridline-color: $line;
}
QListView:focus, QTreeView:focus, QTableView:focus { border-color: $accent; }
QListView[kind="plain"] { background: transparent; border: none; padding: 0; }
QListView[kind="popup"] { background: $panel; border: none; }
QAbstractItemView::item { padding: 4px 6px; border-radius: 4px; color: $text; }
QAbstractItemView::item:hover { background: $raised; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QAbstractItemView::item:disabled { color: $text_faded; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 4px 6px; font-size: 12px;
}
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab {
    background: transparent; color: $muted; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $selection; }
QGroupBox { border: none; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $muted; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $muted_faded; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; border: none; width: 0; height: 0;
}
""")


def style_sheet(colours: Mapping[str, str], images: Mapping[str, str]) -> str:
    """The sheet in these colours (`#rrggbb` by token) with the paths of the controls' `images`.

    `images` needs caret_down, caret_up, check and tick. KeyError if a token or image is missing.
    """
    faded = {f"{token}_faded": _faded(colours[token]) for token in ("text", "muted", "accent")}
    return _SHEET.substitute(colours, **faded, **images)


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {DISABLED_OPACITY})"
