"""A column, a foot and a hint: one or the other is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from studio.widgets.inspector_pages import InspectorPages

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_hint_gives_way_to_what_there_is(qtbot: QtBot) -> None:
    pages = InspectorPages("Choose something.")
    qtbot.addWidget(pages)
    fact, foot = QLabel("A fact"), QLabel("A button")
    pages.column.addWidget(fact)
    pages.foot.addWidget(foot)

    def seen() -> set[str]:
        labels = pages.findChildren(QLabel)
        return {label.text() for label in labels if label.isVisibleTo(pages)}

    assert seen() == {"Choose something."}
    pages.show_hint(False)
    assert seen() == {"A fact", "A button"}
    assert foot.mapTo(pages, foot.rect().topLeft()).y() >= fact.mapTo(pages, fact.pos()).y()
