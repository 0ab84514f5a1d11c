"""The rail at the left: the project, the panels, and Settings at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QVBoxLayout, QWidget

from studio.shell.project_button import ProjectButton
from studio.shell.rail_button import RailButton
from studio.widgets.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.registry import PanelSpec

WIDTH = 168
_MARGIN = 10


class Rail(QFrame):
    """Shows every panel of `specs` at its place.

    Signals:
        panel_chosen: a panel's id.
        settings_requested: Settings at the foot was pressed.
    """

    panel_chosen = Signal(str)
    settings_requested = Signal()

    def __init__(self, specs: Iterable[PanelSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setFixedWidth(WIDTH)
        self._menu: QMenu | None = None
        self._project = ProjectButton()
        self._project.clicked.connect(self._on_project_clicked)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._settings = RailButton("gear-six", self.tr("Settings"))
        self._settings.clicked.connect(self.settings_requested)
        self._lay_out(tuple(specs))
        self.set_project(self.tr("Untitled"), modified=False)

    def set_project(self, name: str, modified: bool) -> None:
        """Shows the project's name, a long one elides, and whether it has unsaved changes."""
        self._project.set_name(name, modified)

    def set_project_menu(self, menu: QMenu) -> None:
        """What the project's name opens."""
        self._menu = menu

    def set_panel(self, panel_id: str) -> None:
        """Marks the panel that is in front. KeyError for a panel that is not in the rail."""
        self._buttons[panel_id].setChecked(True)

    def set_tooltips(self, panels: dict[str, str], settings: str) -> None:
        """Tooltips by panel id, and the one of Settings."""
        for panel_id, tip in panels.items():
            self._buttons[panel_id].setToolTip(tip)
        self._settings.setToolTip(settings)

    def _lay_out(self, specs: tuple[PanelSpec, ...]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(2)
        column.addWidget(self._project)
        column.addSpacing(6)
        self._add(column, (spec for spec in specs if spec.place == "top"))
        below = [spec for spec in specs if spec.place == "below_rule"]
        if below:
            column.addSpacing(7)
            column.addWidget(line())
            column.addSpacing(7)
            self._add(column, below)
        column.addStretch(1)
        self._add(column, (spec for spec in specs if spec.place == "bottom"))
        column.addWidget(self._settings)

    def _add(self, column: QVBoxLayout, specs: Iterable[PanelSpec]) -> None:
        for spec in specs:
            title = QCoreApplication.translate("Panels", spec.title)
            entry = RailButton(spec.icon, title, str(spec.number) if spec.number else "")
            entry.setObjectName(spec.id)
            entry.setCheckable(True)
            entry.clicked.connect(self._on_entry_clicked)
            self._group.addButton(entry)
            self._buttons[spec.id] = entry
            column.addWidget(entry)

    def _on_entry_clicked(self) -> None:
        entry = self._group.checkedButton()
        if entry is not None:
            self.panel_chosen.emit(entry.objectName())

    def _on_project_clicked(self) -> None:
        if self._menu is not None:
            self._menu.popup(self._project.mapToGlobal(QPoint(0, self._project.height())))
