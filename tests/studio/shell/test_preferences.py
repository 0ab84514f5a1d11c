"""The preferences: every setting has a field, and what is chosen holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from studio import settings as settings_module
from studio.settings_store import SettingsStore
from studio.settings_table import (
    DEFAULT_MODEL,
    LIBRARY_FOLDER,
    MEMORY_SHARE,
    MODEL_FOLDERS,
    PREVIEWS,
    RECENT_PROMPTS,
    SETTINGS,
    SHORTCUTS,
    THEME,
    load_settings,
)
from studio.shell.preferences import Preferences
from tests.studio.scenery import OFFSCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = OFFSCREEN


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path) -> SettingsStore:
    return SettingsStore(load_settings(tmp_path / "settings.json"))


@pytest.fixture
def dialog(store: SettingsStore, qtbot: QtBot) -> Preferences:
    made = Preferences(store)
    qtbot.addWidget(made)
    made.show()
    return made


def press(parent: QWidget, qtbot: QtBot, text: str) -> None:
    (button,) = (one for one in parent.findChildren(QPushButton) if one.text().strip() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_every_setting_has_a_field(dialog: Preferences) -> None:
    for setting in SETTINGS:
        if setting.group and setting is not SHORTCUTS:
            assert dialog.field(setting.key) is not None
            assert dialog.sentence(setting.key) == setting.help


def test_what_is_chosen_is_kept(dialog: Preferences, store: SettingsStore, qtbot: QtBot) -> None:
    (box,) = dialog.field(PREVIEWS.key).findChildren(QCheckBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert store.get(PREVIEWS) is False

    (combo,) = dialog.field(THEME.key).findChildren(QComboBox)
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert store.get(THEME) == combo.currentData() != THEME.default

    (spin,) = dialog.field(RECENT_PROMPTS.key).findChildren(QSpinBox)
    spin.setValue(7)
    assert store.get(RECENT_PROMPTS) == 7

    (share,) = dialog.field(MEMORY_SHARE.key).findChildren(QDoubleSpinBox)
    share.setValue(0.5)
    assert store.get(MEMORY_SHARE) == 0.5

    (line,) = dialog.field(DEFAULT_MODEL.key).findChildren(QLineEdit)
    QTest.keyClicks(line, " starter-icons ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert store.get(DEFAULT_MODEL) == "starter-icons"
    assert dialog.isVisible()


def test_folders_are_added_and_removed(
    dialog: Preferences,
    store: SettingsStore,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    field = dialog.field(MODEL_FOLDERS.key)
    press(field, qtbot, "Add…")
    press(field, qtbot, "Add…")
    assert store.get(MODEL_FOLDERS) == (tmp_path,)
    (rows,) = field.findChildren(QListWidget)
    rows.setCurrentRow(0)
    press(field, qtbot, "Remove")
    assert store.get(MODEL_FOLDERS) == ()

    folder = dialog.field(LIBRARY_FOLDER.key)
    press(folder, qtbot, "Choose…")
    assert store.get(LIBRARY_FOLDER) == tmp_path
    press(folder, qtbot, "Clear")
    assert store.get(LIBRARY_FOLDER) is None


def test_a_full_disk_is_told_at_the_field_and_changes_nothing(
    dialog: Preferences, store: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_module, "write_json", full)
    (spin,) = dialog.field(RECENT_PROMPTS.key).findChildren(QSpinBox)
    spin.setValue(7)
    assert "No space left on device" in dialog.sentence(RECENT_PROMPTS.key)
    assert (store.get(RECENT_PROMPTS), spin.value()) == (200, 200)
    monkeypatch.undo()
    spin.setValue(8)
    assert dialog.sentence(RECENT_PROMPTS.key) == RECENT_PROMPTS.help


def test_a_change_from_elsewhere_is_shown(dialog: Preferences, store: SettingsStore) -> None:
    store.set(RECENT_PROMPTS, 12)
    (spin,) = dialog.field(RECENT_PROMPTS.key).findChildren(QSpinBox)
    assert spin.value() == 12


def test_reset_brings_every_default_back(
    dialog: Preferences, store: SettingsStore, qtbot: QtBot
) -> None:
    store.set(RECENT_PROMPTS, 12)
    store.set(THEME, "light")
    press(dialog, qtbot, "Reset all to defaults")
    assert (store.get(RECENT_PROMPTS), store.get(THEME)) == (200, "system")


def test_shortcuts_have_an_editor_of_their_own(dialog: Preferences, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.shortcuts_requested):
        press(dialog, qtbot, "Change shortcuts…")
