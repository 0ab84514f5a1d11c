"""The plain parts of every form: words, buttons, surfaces and lines with their style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

ICON_PX = 16
_INDENT_PX = 8


def words(text: str, role: str = "", wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles; `wrap` lets it take several lines."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setProperty("role", role)
    return label


def labelled(name: str, *parts: QWidget) -> QWidget:
    """Controls below their name."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    box.addWidget(words(name, "fact"))
    for part in parts:
        box.addWidget(part)
    return whole


def set_role(label: QLabel, role: str) -> None:
    """Gives a label another of the style sheet's roles."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().polish(label)


def button(text: str, symbol: str = "", kind: str = "") -> QPushButton:
    """A button with an icon before its word; a click leaves the focus where it is."""
    made = QPushButton(f" {text}" if symbol else text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    if symbol:
        made.setIcon(icon(symbol, _token(kind)))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
    return made


def icon_button(symbol: str, name: str) -> QPushButton:
    """A square button without words; `name` is its tooltip and accessible name."""
    made = button("", kind="tool")
    made.setIcon(icon(symbol, "muted"))
    made.setIconSize(QSize(ICON_PX, ICON_PX))
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def indent(box: QAbstractSpinBox) -> None:
    """Sets the digits of `box` in as far as a field's words: a style sheet cannot."""
    box.lineEdit().setTextMargins(_INDENT_PX, 0, 0, 0)


def chain_focus(place: QWidget, widgets: Sequence[QWidget]) -> None:
    """Tab leads to `widgets` where `place` stands, which holds them and takes no focus itself.

    What is made late would stand at the end of the chain else.
    """
    before = place.previousInFocusChain() or place
    while before is not place and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain() or place
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def surface(name: str, parent: QWidget | None = None) -> QFrame:
    """A frame filled with one of the style sheet's surfaces."""
    frame = QFrame(parent)
    frame.setProperty("surface", name)
    return frame


def line(vertical: bool = False) -> QFrame:
    """A separator of one pixel."""
    frame = surface("line")
    if vertical:
        frame.setFixedWidth(1)
    else:
        frame.setFixedHeight(1)
    return frame


def _token(kind: str) -> str:
    return {"primary": "on_accent", "flat": "muted", "danger": "danger"}.get(kind, "text")
