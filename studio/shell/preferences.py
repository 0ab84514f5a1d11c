"""The preferences, made from the table of settings. Every change is kept at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.settings_table import SETTINGS
from studio.settings_types import Flag, Folders, Shortcuts
from studio.shell.setting_fields import SettingField, make_field, translated
from studio.widgets.plain import button, line, set_role, words

if TYPE_CHECKING:
    from studio.settings import Setting
    from studio.settings_store import SettingsStore

_LABEL_PX = 176


class Preferences(QDialog):
    """Fields by group; what the person chooses holds at once, and Esc closes.

    Signals:
        shortcuts_requested: the person wants to change keyboard shortcuts.
    """

    shortcuts_requested = Signal()

    def __init__(self, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._fields: dict[str, tuple[Setting[Any], SettingField, QLabel]] = {}
        self.setWindowTitle(self.tr("Settings"))
        self.resize(640, 620)
        form = QWidget()
        form.setProperty("scrolled", True)
        self._column = QVBoxLayout(form)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(8)
        shown = [setting for setting in SETTINGS if setting.group]
        for group, members in groupby(shown, lambda setting: setting.group):
            self._add_group(group, list(members))
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(line())
        whole.addLayout(self._make_foot())
        settings.changed.connect(self._on_settings_changed)

    def field(self, key: str) -> SettingField:
        """The field of a setting. KeyError for one that is not shown."""
        return self._fields[key][1]

    def sentence(self, key: str) -> str:
        """The sentence under a setting's field: its help, or why the last choice did not hold."""
        return self._fields[key][2].text()

    def _add_group(self, group: str, members: list[Setting[Any]]) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(words(translated(group), "title"))
        for setting in members:
            if isinstance(setting.type, Shortcuts):
                edit = button(self.tr("Change shortcuts…"), "keyboard")
                edit.clicked.connect(self.shortcuts_requested)
                self._column.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._add_setting(setting)

    def _add_setting(self, setting: Setting[Any]) -> None:
        field = make_field(setting)
        field.show_value(self._settings.get(setting))
        field.setObjectName(setting.key)
        field.chosen.connect(self._on_field_chosen)
        help_line = words("", "fact", wrap=True)
        self._fields[setting.key] = (setting, field, help_line)
        self._show_help(setting)
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, _LABEL_PX)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        # A check box carries its title itself.
        own = isinstance(setting.type, Flag)
        label = words("" if own else translated(setting.title), wrap=True)
        top = isinstance(setting.type, Folders)
        vertical = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, 0, 0, vertical)
        grid.addWidget(field, 0, 1)
        grid.addWidget(help_line, 1, 1)
        self._column.addLayout(grid)

    def _show_help(self, setting: Setting[Any]) -> None:
        self._say(setting.key, translated(setting.help), "fact")

    def _say(self, key: str, sentence: str, role: str) -> None:
        label = self._fields[key][2]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        set_role(label, role)

    def _make_foot(self) -> QHBoxLayout:
        reset = button(self.tr("Reset all to defaults"))
        reset.clicked.connect(self._on_reset_clicked)
        close = button(self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.addWidget(reset)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    def _keep(self, setting: Setting[Any], value: Any) -> None:
        try:
            self._settings.set(setting, value)
        except ValueError:
            self._say(setting.key, self.tr("This value cannot be used here."), "danger")
        except OSError as error:
            sentence = self.tr("The settings file could not be written: %1.")
            self._say(setting.key, sentence.replace("%1", error.strerror or str(error)), "danger")
        else:
            self._show_help(setting)
        self._fields[setting.key][1].show_value(self._settings.get(setting))

    def _on_field_chosen(self, value: object) -> None:
        sender = self.sender()
        assert sender is not None
        self._keep(self._fields[sender.objectName()][0], value)

    def _on_reset_clicked(self) -> None:
        for setting, _, _ in self._fields.values():
            self._keep(setting, setting.default)

    def _on_settings_changed(self, key: str) -> None:
        if key in self._fields:
            setting, field, _ = self._fields[key]
            field.show_value(self._settings.get(setting))
