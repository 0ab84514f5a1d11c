"""The main window: menu, rail, workspace, inspector, strip and status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.registry import PANELS, PanelSpec, resolve
from studio.settings_table import CONFIRM_QUIT_WITH_JOBS, THEME
from studio.shell import phrases
from studio.shell.geometry import Geometry
from studio.shell.menu_bar import MenuBar
from studio.shell.rail import Rail
from studio.shell.status_bar import StatusBar, WorkerState
from studio.shell.strip import Strip
from studio.shell.window_actions import WindowActions
from studio.widgets.error_banner import ErrorBanner
from studio.widgets.plain import line, surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from studio.context import Context
    from studio.errors import Problem

_SIZE = QSize(1440, 900)
_SMALLEST = QSize(960, 600)
_INSPECTOR_PX = 296
_INSPECTOR_RANGE = (260, 520)
_WORKSPACE_SMALLEST = 420


class MainWindow(QMainWindow):
    """Builds a panel when it is first shown; `strip` and `status` are for whoever has the facts.

    A panel is a QWidget and may have `inspector: QWidget`, shown at the right, and
    `focus_first()`, called when it comes to the front.

    Signals:
        panel_shown: the id of the panel that is in front now.
    """

    panel_shown = Signal(str)

    def __init__(self, context: Context, panels: Sequence[PanelSpec] = PANELS) -> None:
        super().__init__()
        self._context = context
        self._specs = {spec.id: spec for spec in panels}
        self._panels: dict[str, QWidget] = {}
        context.theme.set(context.settings.get(THEME))
        self.geometry_store = Geometry(context.paths.state / "window.ini")
        self.menu_bar = MenuBar(context.actions)
        self.rail = Rail(panels)
        self.strip = Strip(context.jobs)
        self.status = StatusBar()
        self.banner = ErrorBanner()
        self._banner_place = QWidget()
        self._workspace = QStackedWidget()
        self._inspectors = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._actions = WindowActions(context, self, [spec.id for spec in panels])
        self.rail.panel_chosen.connect(self.show_panel)
        self.rail.set_project_menu(self.menu_bar.menu("File"))
        self.strip.running.shown_changed.connect(self._on_running_shown_changed)
        self.set_project(self.tr("Untitled"))
        self._restore_geometry()
        self.show_panel(panels[0].id)

    def set_project(self, name: str) -> None:
        """The project's name, for the rail and the title."""
        self.rail.set_project(name)
        self.setWindowTitle(self.tr("%1 – Fabula Studio").replace("%1", name))

    def show_panel(self, panel_id: str) -> None:
        """Brings a panel to the front and builds it if it is not there yet.

        KeyError for an unknown id.
        """
        panel = self._panels.get(panel_id) or self._build(self._specs[panel_id])
        self._workspace.setCurrentWidget(panel)
        self.rail.set_panel(panel_id)
        self._context.actions.set_scope(panel_id)
        inspector = getattr(panel, "inspector", None)
        if inspector is not None:
            self._inspectors.setCurrentWidget(inspector)
        self._inspectors.setVisible(inspector is not None and self._actions.inspector_wanted())
        focus_first = getattr(panel, "focus_first", None)
        if focus_first is not None:
            focus_first()
        self.panel_shown.emit(panel_id)

    def panel(self, panel_id: str) -> QWidget | None:
        """A panel, if it was built already."""
        return self._panels.get(panel_id)

    def show_inspector(self, on: bool) -> None:
        """Shows or hides the inspector of the panel in front, if it has one."""
        panel = self._workspace.currentWidget()
        self._inspectors.setVisible(on and getattr(panel, "inspector", None) is not None)

    def show_problem(self, problem: Problem) -> None:
        """Shows a problem at the top of the workspace."""
        self.banner.show_problem(problem.message, problem.hint, problem.details)
        self._banner_place.show()

    def _build(self, spec: PanelSpec) -> QWidget:
        panel: QWidget = resolve(spec.factory)(self._context, self)
        panel.setAccessibleName(QCoreApplication.translate("Panels", spec.title))
        self._panels[spec.id] = panel
        self._workspace.addWidget(panel)
        inspector = getattr(panel, "inspector", None)
        if inspector is not None:
            self._inspectors.addWidget(inspector)
        return panel

    def _lay_out(self) -> None:
        self._inspectors.setProperty("surface", "panel")
        self._inspectors.setMinimumWidth(_INSPECTOR_RANGE[0])
        self._inspectors.setMaximumWidth(_INSPECTOR_RANGE[1])
        middle = surface("bg")
        middle.setMinimumWidth(_WORKSPACE_SMALLEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        margin = QHBoxLayout(self._banner_place)
        margin.setContentsMargins(24, 16, 24, 0)
        margin.addWidget(self.banner)
        self._banner_place.hide()
        self.banner.emptied.connect(self._banner_place.hide)
        column.addWidget(self._banner_place)
        column.addWidget(self._workspace, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self._inspectors)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(line(vertical=True))
        body.addWidget(self._splitter, 1)
        whole = surface("bg")
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.menu_bar)
        rows.addWidget(line())
        rows.addLayout(body, 1)
        rows.addWidget(line())
        rows.addWidget(self.strip)
        rows.addWidget(line())
        rows.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(_SMALLEST)

    def _restore_geometry(self) -> None:
        if not self.geometry_store.restore(self, "window"):
            room = self.screen().availableSize()
            self.resize(_SIZE.boundedTo(room))
        wide = self.geometry_store.number("inspector", _INSPECTOR_PX)
        self._splitter.setSizes([self.width() - wide, wide])
        self._splitter.splitterMoved.connect(self._on_splitter_moved)

    def _may_close(self) -> bool:
        running = self._context.jobs.running()
        if not running or not self._context.settings.get(CONFIRM_QUIT_WITH_JOBS):
            return True
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Close Fabula Studio"),
            self.tr("%1 is still running.").replace("%1", running[0].title),
            parent=self,
        )
        question.setInformativeText(
            self.tr("It can be tried again at the next start. What waits is kept.")
        )
        leave = question.addButton(self.tr("Close anyway"), QMessageBox.ButtonRole.AcceptRole)
        stay = question.addButton(self.tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        question.exec()
        return question.clickedButton() is leave

    def _on_running_shown_changed(self) -> None:
        job = self.strip.running.job()
        if job is None:
            self.status.set_worker(self.tr("Ready"), WorkerState.READY)
        else:
            self.status.set_worker(phrases.worker_sentence(job), WorkerState.BUSY)

    def _on_splitter_moved(self) -> None:
        self.geometry_store.keep_number("inspector", self._inspectors.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.geometry_store.keep(self, "window")
        self.strip.close_decoder()
        self._context.jobs.shutdown()
        event.accept()
