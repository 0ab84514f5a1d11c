"""The main window: menu, rail, workspace, inspector, strip and status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.registry import PANELS, PanelSpec, resolve
from studio.settings_table import CONFIRM_QUIT_WITH_JOBS, THEME
from studio.shell.geometry import Geometry
from studio.shell.menu_bar import MenuBar
from studio.shell.message_column import MessageColumn
from studio.shell.project_drop import dropped_project
from studio.shell.rail import Rail
from studio.shell.status_bar import StatusBar, WorkerState
from studio.widgets.error_banner import ErrorBanner
from studio.widgets.plain import line, surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
    from PySide6.QtWidgets import QDialog

    from studio.actions import Actions
    from studio.context import Context
    from studio.errors import Problem
    from studio.paths import Paths
    from studio.settings_store import SettingsStore
    from studio.theme import Theme
    from studio.widgets.way_buttons import Way
    from studio.wishes import Wish

_SIZE = QSize(1440, 900)
_SMALLEST = QSize(960, 600)
_FRAME = QSize(0, 40)  # what the system's title bar takes at most; known only once it is shown
_INSPECTOR_PX = 296
_INSPECTOR_RANGE = (260, 520)
_WORKSPACE_SMALLEST = 420
_STRIP_PX = 112


class MainWindow(QMainWindow):
    """The frame is there at once; `furnish` brings the strip, the actions and the first panel.

    So the first paint waits for nothing that it does not show. A panel is built when it is first
    shown. It is a QWidget and may have `inspector: QWidget`, shown at the right, `focus_first()`,
    called when it comes to the front, `fulfil(wish)` for what other panels send it, and
    `show_picture(path) -> bool`, which shows a picture large if the panel knows it. `strip`,
    `status` and `messages` are for whoever has the facts.

    Signals:
        painted: the window was painted for the first time.
        panel_shown: the id of the panel that is in front now.
        project_dropped: the path of a project's file that was dropped on the window.
    """

    painted = Signal()
    panel_shown = Signal(str)
    project_dropped = Signal(object)

    def __init__(
        self,
        settings: SettingsStore,
        theme: Theme,
        actions: Actions,
        paths: Paths,
        panels: Sequence[PanelSpec] = PANELS,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._was_painted = self._is_furnished = False
        self._specs = {spec.id: spec for spec in panels}
        self._panels: dict[str, QWidget] = {}
        theme.set(settings.get(THEME))
        self.geometry_store = Geometry(paths.state / "window.ini")
        self.menu_bar = MenuBar(actions)
        self.rail = Rail(panels)
        self.status = StatusBar()
        self.banner = ErrorBanner()
        self.messages = MessageColumn(self.banner)
        self._guards: list[Callable[[], bool]] = []
        self._workspace = QStackedWidget()
        self._inspectors = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._place = QVBoxLayout()
        self._placeholder = surface("panel")  # where the strip will be
        self._lay_out()
        self.setAcceptDrops(True)
        self.set_project(self.tr("Untitled"), modified=False)
        self._restore_geometry()

    def furnish(self, context: Context) -> None:
        """Once: everything that needs the queue, the library and the models."""
        from studio.shell.strip import Strip
        from studio.shell.window_actions import WindowActions

        self._context = context
        self.strip = Strip(context.jobs)
        self._place.replaceWidget(self._placeholder, self.strip)
        self._placeholder.deleteLater()
        self._actions = WindowActions(context, self, list(self._specs))
        self.rail.panel_chosen.connect(self.show_panel)
        self.rail.set_project_menu(self.menu_bar.menu("File"))
        self.strip.running.shown_changed.connect(self._on_running_shown_changed)
        context.wishes.made.connect(self._on_wishes_made)
        self._is_furnished = True
        self.show_panel(next(iter(self._specs)))

    def set_project(self, name: str, modified: bool) -> None:
        """The project's name, for the rail and the title, and whether it has unsaved changes."""
        self.rail.set_project(name, modified)
        # The mark is the system's; a name may hold one too, and then it has to be written twice.
        title = self.tr("%1[*] – Fabula Studio").replace("%1", name.replace("[*]", "[*][*]"))
        self.setWindowTitle(title)
        self.setWindowModified(modified)

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        """The window closes only when `may_close` says so; it may ask the person."""
        self._guards.append(may_close)

    def show_dialog(self, dialog: QDialog, name: str, *, modal: bool = True) -> None:
        """Opens it over the window; its size and place are remembered under `name`."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.geometry_store.follow(dialog, name)
        if modal:
            dialog.open()
        else:
            dialog.show()

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

    def show_picture(self, panel_id: str, path: Path) -> bool:
        """Brings a panel to the front and has it show a picture; False if it cannot."""
        self.show_panel(panel_id)
        show_picture = getattr(self._panels[panel_id], "show_picture", None)
        return show_picture is not None and bool(show_picture(path))

    def open_picture(self, panel_id: str, path: Path) -> None:
        """Brings a panel to the front and hands it a picture file, as if it was dropped there."""
        self.show_panel(panel_id)
        open_picture = getattr(self._panels[panel_id], "open_picture", None)
        if open_picture is not None:
            open_picture(path)

    def show_problem(self, problem: Problem, ways: Sequence[Way] = ()) -> None:
        """Shows a problem at the top of the workspace, with ways out or the one of its code."""
        from studio.shell.offers import ways_out

        ways = ways or ways_out(problem.code, self._context.actions)
        self.banner.show_problem(problem.message, problem.hint, problem.details, ways)

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
        column.addWidget(self.messages)
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
        self._placeholder.setFixedHeight(_STRIP_PX)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self._placeholder)
        rows.addLayout(self._place)
        rows.addWidget(line())
        rows.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(_SMALLEST)

    def _restore_geometry(self) -> None:
        if not self.geometry_store.restore(self, "window"):
            room = self.screen().availableSize()
            self.resize(_SIZE.boundedTo(room - _FRAME))
            if room.width() < _SIZE.width() or room.height() < _SIZE.height() + _FRAME.height():
                self.setWindowState(Qt.WindowState.WindowMaximized)
        wide = self.geometry_store.number("inspector", _INSPECTOR_PX)
        self._splitter.setSizes([self.width() - wide, wide])
        self._splitter.splitterMoved.connect(self._on_splitter_moved)

    def _may_close(self) -> bool:
        if not all(may_close() for may_close in self._guards):
            return False
        running = self._context.jobs.running()
        if not running or not self._settings.get(CONFIRM_QUIT_WITH_JOBS):
            return True
        from studio.shell.close_question import ask_to_leave

        return ask_to_leave(running[0].title, self)

    def _on_running_shown_changed(self) -> None:
        from studio.shell import phrases

        job = self.strip.running.job()
        if job is None:
            self.status.set_worker(self.tr("Ready"), WorkerState.READY)
        else:
            self.status.set_worker(phrases.worker_sentence(job), WorkerState.BUSY)

    def _on_wishes_made(self, panel_id: str, wish: Wish) -> None:
        self.show_panel(panel_id)
        panel: Any = self._panels[panel_id]
        panel.fulfil(wish)

    def _on_splitter_moved(self) -> None:
        self.geometry_store.keep_number("inspector", self._inspectors.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Its widgets are painted in the same turn, after it.
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_furnished:
            event.accept()
            return
        if not self._may_close():
            event.ignore()
            return
        self.geometry_store.keep(self, "window")
        self.strip.close_decoder()
        self._context.jobs.shutdown()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_project(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.project_dropped.emit(dropped_project(event.mimeData()))
