from __future__ import annotations

import errno
import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from studio.settings import Setting, Settings
from studio.settings_table import (
    LIBRARY_FOLDER,
    MEMORY_SHARE,
    MODEL_FOLDERS,
    RECENT_PROMPTS,
    RENAMED,
    SETTINGS,
    SHORTCUTS,
    THEME,
    load_settings,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def _written(file: Path, values: object) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(values))
    return file


def test_values_come_back_with_their_types(file: Path, tmp_path: Path) -> None:
    settings = load_settings(file)
    assert settings.set(THEME, "dark")
    settings.set(MODEL_FOLDERS, (tmp_path / "a", tmp_path / "ü"))
    settings.set(LIBRARY_FOLDER, tmp_path)
    settings.set(MEMORY_SHARE, 0.5)
    settings.set(SHORTCUTS, {"imagine.generate": "Ctrl+G"})
    again = load_settings(file)
    assert again.get(THEME) == "dark"
    assert again.get(MODEL_FOLDERS) == (tmp_path / "a", tmp_path / "ü")
    assert again.get(LIBRARY_FOLDER) == tmp_path
    assert again.get(MEMORY_SHARE) == 0.5
    assert again.get(SHORTCUTS) == {"imagine.generate": "Ctrl+G"}


def test_defaults_are_not_written(file: Path) -> None:
    settings = load_settings(file)
    assert not settings.set(THEME, THEME.default)
    assert not file.exists()
    settings.set(THEME, "dark")
    settings.set(THEME, "system")
    assert json.loads(file.read_text()) == {}


def test_the_table_is_sound() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(set(keys)) == len(keys)
    for setting in SETTINGS:
        assert setting.type.parse(setting.type.dump(setting.default)) == setting.default
        assert setting.title
    assert set(RENAMED.values()) <= set(keys)
    assert not set(RENAMED) & set(keys)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: str(setting.key))
@given(raw=JSON)
@with_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_value_in_the_file_breaks_a_setting(
    tmp_path_factory: pytest.TempPathFactory, setting: Setting[Any], raw: object
) -> None:
    file = _written(tmp_path_factory.mktemp("settings") / "settings.json", {setting.key: raw})
    settings = load_settings(file)
    value = settings.get(setting)
    assert setting.type.parse(setting.type.dump(value)) == value
    assert value == setting.default or setting.type.dump(value) == raw or isinstance(raw, list)


@given(data=st.binary(max_size=60).filter(lambda data: b"{" not in data))
@with_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_corrupt_file_is_set_aside_whole(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_bytes(data)
    assert load_settings(file).get(THEME) == "system"
    assert file.with_name("settings.json.broken").read_bytes() == data


@pytest.mark.parametrize("text", ["[1]", "null", '{"theme": "dark"', "[" * 100_000])
def test_the_log_says_what_became_of_a_corrupt_file(
    file: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with caplog.at_level(logging.WARNING):
        load_settings(file)
    assert "settings.json.broken" in caplog.text


def test_a_bad_value_is_logged_and_stays_until_it_is_set(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _written(file, {"theme": "purple", "recent_prompts": True, "memory_share": 7})
    with caplog.at_level(logging.WARNING):
        settings = load_settings(file)
    assert settings.get(THEME) == "system"
    assert settings.get(RECENT_PROMPTS) == 200
    assert settings.get(MEMORY_SHARE) == 0.9
    assert "theme: 'purple' is none of system, dark, light" in caplog.text
    settings.set(RECENT_PROMPTS, 5)
    assert json.loads(file.read_text())["theme"] == "purple"
    settings.set(THEME, "system")
    assert "theme" not in json.loads(file.read_text())


def test_keys_of_other_versions_are_kept(file: Path) -> None:
    _written(file, {"from_the_future": {"a": [1]}})
    load_settings(file).set(THEME, "light")
    assert json.loads(file.read_text()) == {"from_the_future": {"a": [1]}, "theme": "light"}


def test_renamed_keys_are_carried_over(file: Path) -> None:
    _written(file, {"colours": "dark", "prompts": 3, "recent_prompts": 4})
    renamed = {"colours": "theme", "prompts": "recent_prompts"}
    settings = Settings(file, SETTINGS, renamed)
    assert settings.get(THEME) == "dark"
    assert settings.get(RECENT_PROMPTS) == 4, "a value under the new key is the newer one"
    settings.set(THEME, "light")
    assert json.loads(file.read_text()) == {"theme": "light", "recent_prompts": 4}


def test_a_refused_value_changes_nothing(file: Path) -> None:
    settings = load_settings(file)
    with pytest.raises(ValueError, match="purple"):
        settings.set(THEME, "purple")
    with pytest.raises(ValueError, match="absolute"):
        settings.set(MODEL_FOLDERS, (Path("relative"),))
    assert settings.get(THEME) == "system"
    assert not file.exists()


def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(file)
    settings.set(THEME, "light")

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.atomic.os.replace", full)
        with pytest.raises(OSError, match="space"):
            settings.set(THEME, "dark")
    assert settings.get(THEME) == "light"
    assert load_settings(file).get(THEME) == "light"


def test_folders_are_listed_once(file: Path, tmp_path: Path) -> None:
    settings = load_settings(file)
    settings.set(MODEL_FOLDERS, (tmp_path, tmp_path / "b", tmp_path))
    assert settings.get(MODEL_FOLDERS) == (tmp_path, tmp_path / "b")


def test_shortcuts_cannot_be_changed_from_outside(file: Path) -> None:
    mine = {"a": "Ctrl+A"}
    settings = load_settings(file)
    settings.set(SHORTCUTS, mine)
    mine["a"] = "Ctrl+B"
    assert settings.get(SHORTCUTS)["a"] == "Ctrl+A"
