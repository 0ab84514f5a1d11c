"""The headings of the strip's parts, which stand on one line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.widgets.plain import words

_HEIGHT = 20


def strip_head(title: str, count: QWidget | None = None, link: QWidget | None = None) -> QWidget:
    """`title`, beside it a `count`, and at the far right a `link`."""
    head = QWidget()
    head.setFixedHeight(_HEIGHT)
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(words(title, "head"))
    if count is not None:
        row.addWidget(count)
    row.addStretch(1)
    if link is not None:
        row.addWidget(link)
    return head
