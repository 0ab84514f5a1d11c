"""There is a field for each kind of value, and for no other."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from studio.settings import Setting
from studio.settings_types import Choice, Flag, Folder, Folders, Number, Shortcuts, Text, Whole
from studio.shell.setting_fields import make_field

if TYPE_CHECKING:
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


def test_a_kind_without_a_field_is_an_error() -> None:
    setting = Setting("key", Shortcuts(), MappingProxyType({}), "Title")
    with pytest.raises(TypeError, match="Shortcuts"):
        make_field(setting)
