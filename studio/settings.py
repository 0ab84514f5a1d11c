"""What the person can set: how a setting is declared, read, checked and kept. No Qt.

The settings themselves are declared in `studio.settings_table`.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from pipelines.atomic import write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from studio.settings_types import ValueType

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing to set. `key` is its name in the file; `type` says what values it takes.

    `title` labels its field in the preferences, `help` is one sentence under it, `group` the
    heading it stands under ("" is not shown there).
    """

    key: str
    type: ValueType[T]
    default: T
    title: str
    help: str = ""
    group: str = ""


class Settings:
    """The values of all settings, read from a JSON file once and written at every change.

    The file holds what differs from the defaults, and keys of other versions untouched. A value
    that a setting does not take is logged and its default used; the file keeps it until that
    setting is changed.
    """

    def __init__(
        self, path: Path, table: Iterable[Setting[Any]], renamed: Mapping[str, str]
    ) -> None:
        """`renamed` gives old keys their new ones.

        A missing file is no settings yet; one that is not JSON is renamed to `.broken` beside it.
        Raises OSError when the file is there and cannot be read.
        """
        self._path = path
        self._raw = _read(path)
        for old, new in renamed.items():
            if old in self._raw:
                self._raw.setdefault(new, self._raw.pop(old))
        self._values: dict[str, object] = {s.key: self._checked(s) for s in table}

    def get(self, setting: Setting[T]) -> T:
        return cast("T", self._values[setting.key])

    def set(self, setting: Setting[T], value: T) -> bool:
        """Keeps a value and writes the file; False when it was that value already.

        Raises ValueError for a value the setting does not take and OSError when the file cannot be
        written; either way nothing has changed.
        """
        raw = setting.type.dump(value)
        value = setting.type.parse(raw)
        changed = dict(self._raw)
        if value == setting.default:
            changed.pop(setting.key, None)
        else:
            changed[setting.key] = raw
        if changed == self._raw:
            return False
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_json(self._path, changed)
        self._raw = changed
        self._values[setting.key] = value
        return True

    def _checked(self, setting: Setting[T]) -> T:
        if setting.key not in self._raw:
            return setting.default
        try:
            return setting.type.parse(self._raw[setting.key])
        except ValueError as error:
            _log.warning("%s: %s: %s; using the default", self._path, setting.key, error)
            return setting.default


def _read(path: Path) -> dict[str, object]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        values = json.loads(data)
        if not isinstance(values, dict):
            raise ValueError("not an object")
    except (ValueError, RecursionError) as error:
        aside = path.with_name(path.name + ".broken")
        os.replace(path, aside)
        _log.warning("%s is not readable (%s); it was set aside as %s", path, error, aside.name)
        return {}
    return values
