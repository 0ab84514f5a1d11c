"""There is a field for each kind of value, and for no other."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from studio.settings import Setting
from studio.settings_store import SettingsStore
from studio.settings_table import SETTINGS, load_settings
from studio.settings_types import Choice, Flag, Folder, Folders, Number, Shortcuts, Text, Whole
from studio.shell.preferences import Preferences
from studio.shell.setting_fields import make_field

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Flag(), True),
        (Whole(0, 10), 7),
        (Number(0.0, 1.0), 0.25),
        (Choice({"a": "The first", "b": "The second"}), "b"),
        (Text(), "words"),
        (Folder(), None),
        (Folders(), ()),
    ],
)
def test_a_shown_value_is_not_a_chosen_one(qtbot: QtBot, kind: Any, value: Any) -> None:
    field = make_field(Setting("key", kind, value, "Title"))
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.chosen):
        field.show_value(value)


class Marked(QTranslator):
    """Shows what of the table goes through translation."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"«{text}»" if context == "Settings" else ""

    def isEmpty(self) -> bool:
        return False


def test_every_text_of_the_table_is_translated(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    translator = Marked()
    qapp.installTranslator(translator)
    try:
        dialog = Preferences(SettingsStore(load_settings(tmp_path / "settings.json")))
    finally:
        qapp.removeTranslator(translator)
    qtbot.addWidget(dialog)
    texts = {
        text
        for setting in SETTINGS
        for text in (
            setting.title,
            setting.help,
            setting.group,
            *(setting.type.options.values() if isinstance(setting.type, Choice) else ()),
        )
        if text
    }
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    shown |= {box.text() for box in dialog.findChildren(QCheckBox)}
    for combo in dialog.findChildren(QComboBox):
        shown |= {combo.itemText(index) for index in range(combo.count())}
    assert not texts & shown


def test_a_kind_without_a_field_is_an_error() -> None:
    setting = Setting("key", Shortcuts(), MappingProxyType({}), "Title")
    with pytest.raises(TypeError, match="Shortcuts"):
        make_field(setting)
