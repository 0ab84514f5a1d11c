"""Tooltips that show a stranger's text letter for letter."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """`text` for setToolTip, which would take tags in it for markup and fetch what they name."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
