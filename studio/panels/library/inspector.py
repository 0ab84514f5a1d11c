"""The chosen picture: large, with its facts, its prompt and its settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.icons import icon
from studio.widgets.chip import Chip
from studio.widgets.elided_label import ElidedLabel
from studio.widgets.filter_chip import FilterChip
from studio.widgets.flow_layout import FlowLayout
from studio.widgets.go_button import GoButton
from studio.widgets.picture_preview import PicturePreview
from studio.widgets.plain import button, chain_focus, line, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from studio.widgets.picture_item import PictureItem
    from studio.widgets.picture_loader import PictureLoader

_MARGIN = 16


class Inspector(QFrame):
    """Signals:
    action_asked: a button was pressed; the name of its action.
    collection_asked: the pictures of the collection of this id are wanted.
    take_out_asked: the picture is to leave the collection of this id.
    """

    action_asked = Signal(str)
    collection_asked = Signal(str)
    take_out_asked = Signal(str)

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._preview = PicturePreview(self.tr("Look closer at the picture"), loader)
        self._title = ElidedLabel("", "title")
        self._facts = words("", "fact", wrap=True)
        self._warning = words("", "accent", wrap=True)
        self._prompt = words("", wrap=True)
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self._prompt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._table = QGridLayout()
        self._rule = line()
        self._collections = FlowLayout()
        self._collect = Chip(self.tr("+ Collection"))
        self._collect.setAccessibleName(self.tr("Put into a collection"))
        self._buttons: dict[str, QPushButton] = {
            "library.keep": button(self.tr("Keep"), "star"),
            "library.variations": button(self.tr("Variations"), "copy-simple"),
            "library.reveal": button(self.tr("Show file"), "folder-open"),
            "library.delete": button(self.tr("Trash"), "trash"),
        }
        self._use = GoButton(self.tr("Use these settings"))
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_nothing(self) -> None:
        self._pages.setCurrentIndex(1)

    def show_picture(
        self,
        item: PictureItem,
        title: str,
        facts: str,
        warning: str,
        prompt: str,
        rows: Sequence[tuple[str, str]],
        collections: Sequence[tuple[str, str]],
    ) -> None:
        """Shows the picture with names and values of its settings, and its collections.

        `warning` is a sentence, or "".
        Of each collection it gets the id and the name.
        """
        self._preview.show_picture(item.path, item.width, item.height)
        self._title.setText(title)
        self._facts.setText(facts)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._prompt.setText(prompt)
        self._prompt.setVisible(bool(prompt))
        self._buttons["library.keep"].setIcon(icon("star-fill" if item.starred else "star"))
        self._fill_table(rows)
        self._fill_collections(collections)
        self._pages.setCurrentIndex(0)

    def set_tooltips(self, tips: dict[str, str], use_keys: str) -> None:
        """Tooltips by action, and the key of the primary button."""
        for name, each in self._buttons.items():
            each.setToolTip(tips[name])
        self._use.setToolTip(tips["library.use_settings"])
        self._collect.setToolTip(tips["library.collect"])
        self._use.set_shortcut_text(use_keys)

    def action_names(self) -> tuple[str, ...]:
        return (*self._buttons, "library.use_settings", "library.collect")

    def _fill_table(self, rows: Sequence[tuple[str, str]]) -> None:
        while entry := self._table.takeAt(0):
            if old := entry.widget():
                old.hide()
                old.deleteLater()
        for row, (name, value) in enumerate(rows):
            label = words(name, "fact")
            said = ElidedLabel(value)
            said.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._table.addWidget(label, row, 0)
            self._table.addWidget(said, row, 1, Qt.AlignmentFlag.AlignRight)
        self._rule.setVisible(bool(rows))

    def _fill_collections(self, collections: Sequence[tuple[str, str]]) -> None:
        while entry := self._collections.takeAt(0):
            old = entry.widget()
            if isinstance(old, FilterChip):
                old.hide()
                old.deleteLater()
        chips = []
        for name, title in collections:
            chip = FilterChip(self.tr("Collection"), "stack")
            chip.set_value(title)
            chip.clicked.connect(partial(self.collection_asked.emit, name))
            chip.cleared.connect(partial(self.take_out_asked.emit, name))
            self._collections.addWidget(chip)
            chips.append(chip)
        self._collections.addWidget(self._collect)
        chain_focus(self._collect, chips)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 8)
        column.setSpacing(12)
        column.addWidget(self._preview)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        head.addWidget(self._warning)
        column.addLayout(head)
        column.addWidget(self._prompt)
        column.addWidget(self._rule)
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(8)
        self._table.setColumnStretch(1, 1)
        column.addLayout(self._table)
        column.addWidget(line())
        column.addLayout(self._collections)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        foot = QVBoxLayout()
        foot.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        foot.setSpacing(8)
        names = tuple(self._buttons)
        for pair in (names[:2], names[2:]):
            row = QHBoxLayout()
            row.setSpacing(8)
            for name in pair:
                row.addWidget(self._buttons[name], 1)
            foot.addLayout(row)
        foot.addWidget(self._use)
        picture = QWidget()
        whole = QVBoxLayout(picture)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self._pages.addWidget(picture)
        self._pages.addWidget(_hint(self.tr("Choose a picture to see how it was made.")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self.show_nothing()

    def _connect(self) -> None:
        self._preview.clicked.connect(self._on_preview_clicked)
        self._use.clicked.connect(self._on_use_clicked)
        self._collect.clicked.connect(self._on_collect_clicked)
        for name, each in self._buttons.items():
            each.setObjectName(name)
            each.clicked.connect(self._on_button_clicked)

    # ---- slots -------------------------------------------------------------------------------

    def _on_preview_clicked(self) -> None:
        self.action_asked.emit("library.zoom")

    def _on_use_clicked(self) -> None:
        self.action_asked.emit("library.use_settings")

    def _on_collect_clicked(self) -> None:
        self.action_asked.emit("library.collect")

    def _on_button_clicked(self) -> None:
        self.action_asked.emit(self.sender().objectName())


def _hint(text: str) -> QWidget:
    page = QWidget()
    label: QLabel = words(text, "fact", wrap=True)
    box = QVBoxLayout(page)
    box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    box.addWidget(label)
    box.addStretch(1)
    return page
