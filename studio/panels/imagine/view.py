"""Where things lie on the Imagine panel. Layout only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.icons import icon
from studio.panels.imagine.empty_state import EmptyState
from studio.panels.imagine.head import Head
from studio.panels.imagine.told_view import ToldView
from studio.panels.imagine.used_entries import UsedEntries
from studio.widgets.notice import Notice
from studio.widgets.picture_area import RIGHT_MARGIN
from studio.widgets.picture_grid import PictureGrid
from studio.widgets.plain import button, icon_button, set_role, words
from studio.widgets.prompt_edit import PromptEdit
from studio.widgets.zoom_view import ZoomView

if TYPE_CHECKING:
    from studio.widgets.picture_loader import PictureLoader

_GAP = 10
_LEFT_MARGIN = 24
_ROW = 24  # as high as a chip


class ImagineView(QStackedWidget):
    """The workspace, and in its place the picture that is looked at closely."""

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompt = PromptEdit(self.tr("Prompt"))
        self.prompt.setPlaceholderText(self.tr("For example: a castle on a blue background"))
        self.negative = PromptEdit(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("What should not be in the picture"))
        self.tokens = words("", "fact")
        self.earlier = icon_button("clock-counter-clockwise", self.tr("Prompts used before"))
        self.negative_toggle = button(self.tr("Negative prompt"), "caret-right", "flat")
        self.negative_toggle.setCheckable(True)
        self.used = UsedEntries()
        self.told = ToldView()
        self.notice = Notice()
        self.head = Head()
        self.grid = PictureGrid(self.tr("Pictures"), loader)
        self.empty = EmptyState()
        self.zoom = ZoomView(self.tr("Picture"), loader)
        self._pages = QStackedWidget()
        self._work = self._workspace()
        self.addWidget(self._work)
        self.addWidget(self.zoom)

    def show_negative(self, on: bool) -> None:
        """Opens or closes the negative prompt."""
        self.negative_toggle.setChecked(on)
        self.negative_toggle.setIcon(icon("caret-down" if on else "caret-right", "muted"))
        self.negative.setVisible(on and self.negative_toggle.isEnabled())

    def show_tokens(self, count: int, limit: int) -> None:
        """How long the prompt is; nothing while no model sets a limit."""
        words = self.tr("{count} of {limit} tokens") if limit else ""
        self.tokens.setText(words.format(count=count, limit=limit))
        set_role(self.tokens, "accent" if count > limit else "fact")

    def show_grid(self, on: bool) -> None:
        """The pictures, or what to do while there are none."""
        self.head.setVisible(on)
        self._pages.setCurrentIndex(0 if on else 1)

    def show_zoom(self, on: bool) -> None:
        """The one picture, or the workspace."""
        shown = self.zoom if on else self._work
        if shown is not self.currentWidget():  # or the prompt would lose the focus
            self.setCurrentWidget(shown)
            (self.zoom if on else self.grid).setFocus(Qt.FocusReason.OtherFocusReason)

    def _workspace(self) -> QFrame:
        under = QHBoxLayout()
        under.setSpacing(8)
        self.tokens.setMinimumHeight(_ROW)
        self.negative_toggle.setStyleSheet(f"min-height: {_ROW - 2}px;")  # and its border
        top_of_row = Qt.AlignmentFlag.AlignTop
        under.addWidget(self.tokens, 0, top_of_row)
        under.addWidget(self.earlier, 0, top_of_row)
        under.addWidget(self.used, 1)
        under.addWidget(self.negative_toggle, 0, top_of_row)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, RIGHT_MARGIN, 0)
        top.setSpacing(_GAP)
        top.addWidget(self.prompt)
        top.addLayout(under)
        for part in (self.told, self.negative, self.notice, self.head):
            top.addWidget(part)
        beginning = QWidget()
        inset = QVBoxLayout(beginning)
        inset.setContentsMargins(0, 0, RIGHT_MARGIN, 0)
        inset.addWidget(self.empty)
        self._pages.addWidget(self.grid)
        self._pages.addWidget(beginning)
        work = QFrame()
        work.setProperty("surface", "bg")
        box = QVBoxLayout(work)
        box.setContentsMargins(_LEFT_MARGIN, 16, 0, 8)
        box.setSpacing(_GAP)
        box.addLayout(top)
        box.addWidget(self._pages, 1)
        return work
