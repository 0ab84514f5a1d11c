"""What the window itself does for the actions of the table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

import pipelines
from studio.errors import Problem, details_text
from studio.settings_table import LIBRARY_FOLDER, SHORTCUTS, THEME
from studio.shell.palette import CommandPalette
from studio.wishes import DownloadModel, InstallStarters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from studio.context import Context
    from studio.settings import Setting
    from studio.window import MainWindow


_PICTURES = "imagine"  # the panel in which every picture is at home


class WindowActions(QObject):
    """Binds the actions of the window, the panels and the jobs."""

    def __init__(self, context: Context, window: MainWindow, panel_ids: Iterable[str]) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._panel_ids = tuple(panel_ids)
        self._palette = CommandPalette(context.actions, window)
        self._palette.chosen.connect(context.actions.trigger)
        self._bind()
        window.menu_bar.palette_requested.connect(self.find_action)
        window.rail.settings_requested.connect(self.open_preferences)
        window.strip.all_requested.connect(partial(context.actions.trigger, "panel.library"))
        window.strip.picture_activated.connect(self.show_picture)
        window.strip.pictures_dropped.connect(self._on_strip_pictures_dropped)
        context.actions.shortcuts_changed.connect(self._on_actions_shortcuts_changed)
        context.settings.changed.connect(self._on_settings_changed)
        self._on_actions_shortcuts_changed()

    def inspector_wanted(self) -> bool:
        """Whether the person lets the inspector be seen."""
        return self._context.actions.action("window.inspector").isChecked()

    def find_action(self) -> None:
        """Opens the command palette."""
        self._palette.open()

    def open_preferences(self) -> None:
        """Opens the preferences."""
        from studio.shell.preferences import Preferences

        dialog = Preferences(self._context.settings, self._window)
        dialog.shortcuts_requested.connect(self.open_shortcuts)
        self._window.show_dialog(dialog, "preferences")

    def open_shortcuts(self) -> None:
        """Opens the shortcut editor."""
        from studio.shell.shortcuts import ShortcutEditor

        dialog = ShortcutEditor(self._context.actions, self._window)
        dialog.overrides_changed.connect(self._on_editor_overrides_changed)
        self._window.show_dialog(dialog, "shortcuts")

    def open_about(self) -> None:
        """Opens the facts about this program."""
        from studio.shell.about import About

        facts = details_text(Problem(""), self._context.paths.log_file)
        dialog = About(pipelines.__version__, facts, self._window)
        self._window.show_dialog(dialog, "about")

    def open_library_folder(self) -> None:
        """Shows the library's folder in the system's file manager."""
        self._open(self._context.settings.get(LIBRARY_FOLDER) or self._context.paths.library)

    def show_picture(self, path: Path) -> None:
        """Shows a picture large where it was made, or else in the system's own viewer."""
        if not self._window.show_picture(_PICTURES, path):
            self._open(path)

    def open_log(self) -> None:
        """Opens the log in the system's own viewer."""
        self._open(self._context.paths.log_file)

    def add_model_folder(self) -> None:
        """Asks for a folder of models and looks into it."""
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder of models"), str(Path.home())
        )
        if not folder:
            return
        try:
            self._context.models.add_folder(Path(folder))
        except OSError as error:
            self._say_unsaved(error)

    def look_for_models(self) -> None:
        """Looks into the folders of models again."""
        self._context.models.look_again()

    def _bind(self) -> None:
        window, running = self._window, self._window.strip.running
        connect = self._context.actions.connect
        connect("window.find_action", self.find_action)
        connect("window.preferences", self.open_preferences)
        connect("window.shortcuts", self.open_shortcuts)
        connect("window.about", self.open_about)
        connect("window.open_library_folder", self.open_library_folder)
        connect("window.open_log", self.open_log)
        connect("window.quit", window.close)
        connect("window.inspector", self._toggle_inspector)
        connect("window.full_screen", self._toggle_full_screen)
        for theme in ("dark", "light", "system"):
            connect(f"window.theme_{theme}", partial(self._keep, THEME, theme))
        connect("jobs.pause", running.pause, running.can_pause)
        connect("jobs.cancel", running.cancel, running.has_job)
        connect("jobs.queue", window.strip.show_queue)
        jobs = self._context.jobs
        connect("jobs.pause_queue", lambda: jobs.set_paused(not jobs.paused))
        connect("jobs.stop_after", partial(jobs.set_stop_after_current, True), running.has_job)
        connect("models.add_folder", self.add_model_folder)
        connect("models.refresh", self.look_for_models)
        send = self._context.wishes.send
        connect("models.get", partial(send, "model_files", DownloadModel()))
        connect("models.install_starters", partial(send, "model_files", InstallStarters()))
        for panel_id in self._panel_ids:
            connect(f"panel.{panel_id}", partial(window.show_panel, panel_id))
        self._context.actions.action("window.inspector").setChecked(True)
        for spec in self._context.actions.specs():
            window.addAction(self._context.actions.action(spec.id))

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = self.tr("%1 could not be opened.").replace("%1", str(path))
            self._window.show_problem(Problem(sentence, self.tr("Open it in a file manager.")))

    def _keep(self, setting: Setting[Any], value: object) -> None:
        try:
            self._context.settings.set(setting, value)
        except OSError as error:
            self._say_unsaved(error)

    def _say_unsaved(self, error: OSError) -> None:
        sentence = self.tr("The settings could not be saved: %1.")
        self._window.show_problem(
            Problem(
                sentence.replace("%1", error.strerror or str(error)),
                self.tr("Make room on the disk or check the folder's permissions."),
            )
        )

    def _toggle_inspector(self) -> None:
        self._window.show_inspector(self.inspector_wanted())

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _on_editor_overrides_changed(self, overrides: Mapping[str, str]) -> None:
        self._keep(SHORTCUTS, overrides)

    def _on_strip_pictures_dropped(self, paths: list[Path]) -> None:
        self._context.library_work.take_in(paths)

    def _on_actions_shortcuts_changed(self) -> None:
        actions = self._context.actions
        panels = {name: actions.tooltip(f"panel.{name}") for name in self._panel_ids}
        self._window.rail.set_tooltips(panels, actions.tooltip("window.preferences"))
        self._window.strip.running.set_tooltips(
            actions.tooltip("jobs.pause"), actions.tooltip("jobs.cancel")
        )

    def _on_settings_changed(self, key: str) -> None:
        if key == THEME.key:
            self._context.theme.set(self._context.settings.get(THEME))
        elif key == SHORTCUTS.key:
            self._context.actions.apply_overrides(self._context.settings.get(SHORTCUTS))
