"""The menu across the top, with the field that opens the command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QPushButton,
    QWidget,
)

from studio import phosphor, theme
from studio.action_table import MENUS

if TYPE_CHECKING:
    from studio.actions import Actions

HEIGHT = 36
_FIND_WIDTH = 240
_FIND_HEIGHT = 24


class MenuBar(QFrame):
    """Shows the actions that are available now; a menu without any is not there.

    Signals:
        palette_requested: the field at the right was pressed.
    """

    palette_requested = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedHeight(HEIGHT)
        self._actions = actions
        self._bar = QMenuBar()
        # The palette field stands in the same row, which a menu bar outside the window cannot do.
        self._bar.setNativeMenuBar(False)
        self._bar.setAccessibleName(self.tr("Menu"))
        self._menus = {name: self._make_menu(name) for name in MENUS}
        self._find = _FindField(self.tr("Find an action"))
        self._find.clicked.connect(self.palette_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._find)
        actions.available_changed.connect(self._fill)
        actions.shortcuts_changed.connect(self._on_actions_shortcuts_changed)
        self._fill()
        self._on_actions_shortcuts_changed()

    def menu(self, name: str) -> QMenu:
        """The menu of that untranslated name. KeyError for one that is not in `MENUS`."""
        return self._menus[name]

    def _make_menu(self, name: str) -> QMenu:
        menu = self._bar.addMenu(QCoreApplication.translate("Menus", name))
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._actions.show_enabled)
        menu.aboutToHide.connect(self._actions.show_available)
        return menu

    def _fill(self) -> None:
        available = self._actions.available()
        for name, menu in self._menus.items():
            menu.clear()
            specs = [spec for spec in available if spec.menu == name]
            for before, spec in zip([None, *specs], specs, strict=False):
                if before is not None and before.section != spec.section:
                    menu.addSeparator()
                menu.addAction(self._actions.action(spec.id))
            menu.menuAction().setVisible(bool(specs))

    def _on_actions_shortcuts_changed(self) -> None:
        self._find.set_shortcut(self._actions.shortcut_text("window.find_action"))
        self._find.setToolTip(self._actions.tooltip("window.find_action"))


class _FindField(QPushButton):
    """Looks like a field for words; pressing it opens the palette, where the typing is."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint, self._shortcut = hint, ""
        self.setProperty("kind", "field")
        self.setAccessibleName(hint)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(QSize(_FIND_WIDTH, _FIND_HEIGHT))
        theme.current().changed.connect(self.update)

    def set_shortcut(self, text: str) -> None:
        self._shortcut = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        row = self.rect().adjusted(9, 0, -9, 0)
        square = row.adjusted(0, 5, 0, -5)
        square.setWidth(square.height())
        phosphor.paint(painter, square, "magnifying-glass", theme.colour("muted"))
        painter.setFont(theme.font(theme.FACT_PX))
        painter.setPen(theme.colour("muted"))
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row, vertical | Qt.AlignmentFlag.AlignRight, self._shortcut)
        row.adjust(22, 0, 0, 0)
        painter.drawText(row, vertical | Qt.AlignmentFlag.AlignLeft, self._hint)
        painter.end()
