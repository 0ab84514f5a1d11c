"""Settings that tell when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from studio.settings import Setting, Settings

T = TypeVar("T")


class SettingsStore(QObject):
    """Like `Settings`, with a signal.

    Signals:
        changed: a setting has a new value, and it is on the disk; its key.
    """

    changed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def get(self, setting: Setting[T]) -> T:
        return self._settings.get(setting)

    def set(self, setting: Setting[T], value: T) -> None:
        """See `Settings.set`, also for what it raises."""
        if self._settings.set(setting, value):
            self.changed.emit(setting.key)

    def reset(self, setting: Setting[T]) -> None:
        """Back to the default; raises OSError like `set`."""
        self.set(setting, setting.default)
