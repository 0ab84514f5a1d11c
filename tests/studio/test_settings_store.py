from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.settings_store import SettingsStore
from studio.settings_table import THEME, load_settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def store(qtbot: QtBot, tmp_path: Path) -> SettingsStore:
    return SettingsStore(load_settings(tmp_path / "settings.json"))


def test_it_tells_when_a_value_changed(store: SettingsStore, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.changed) as signal:
        store.set(THEME, "dark")
    assert signal.args == ["theme"]
    assert store.get(THEME) == "dark"
    with qtbot.waitSignal(store.changed):
        store.reset(THEME)
    assert store.get(THEME) == "system"


def test_it_is_silent_when_nothing_changed(store: SettingsStore, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.set(THEME, "system")
        with pytest.raises(ValueError, match="purple"):
            store.set(THEME, "purple")
