"""The actions at work: handlers, shortcuts and the QActions that menus and palette show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from studio.action_table import ACTIONS, ActionSpec
from studio.icons import icon
from studio.registry import PANELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PANEL_SCOPES = frozenset(panel.id for panel in PANELS)


class _Signals(QObject):
    shortcuts_changed = Signal()
    available_changed = Signal()


class Actions:
    """Binds the declared actions to whoever does them.

    A panel calls `connect("imagine.keep", self.keep)` for what it can do. An action nobody handles
    is shown nowhere, and an action of a panel only while that panel is in front (`set_scope`).
    It owns a QObject instead of being one, because a QObject has a `connect` of its own.

    Signals:
        shortcuts_changed: a key sequence is another one now; tooltips are written anew.
        available_changed: actions came or went.
    """

    def __init__(
        self,
        overrides: Mapping[str, str] | None = None,
        specs: Iterable[ActionSpec] = ACTIONS,
    ) -> None:
        self._signals = _Signals()
        self.shortcuts_changed = self._signals.shortcuts_changed
        self.available_changed = self._signals.available_changed
        self._specs = {spec.id: spec for spec in specs}
        self._overrides: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._scope = ""
        self._enabled: dict[str, Callable[[], bool]] = {}
        self._handlers: dict[str, Callable[[], object]] = {}
        self._actions = {spec.id: self._build(spec) for spec in self._specs.values()}
        self.apply_overrides(overrides or {})

    # ---- doing -------------------------------------------------------------------------------

    def connect(
        self, action_id: str, slot: Callable[[], object], enabled: Callable[[], bool] | None = None
    ) -> None:
        """Lets `slot` do the action; `enabled` is asked whenever it is shown and before it runs.

        KeyError for an undeclared id. A second call replaces the first.
        """
        if action_id not in self._specs:
            raise KeyError(action_id)
        self._handlers[action_id] = slot
        if enabled is None:
            self._enabled.pop(action_id, None)
        else:
            self._enabled[action_id] = enabled
        self._on_available_changed()

    def trigger(self, action_id: str) -> None:
        """Does the action if it can be done now."""
        if self.can_run(action_id):
            self._handlers[action_id]()

    def can_run(self, action_id: str) -> bool:
        """Whether the action is there and its handler says it can be done now."""
        return self.is_available(action_id) and self._enabled.get(action_id, _always)()

    def is_available(self, action_id: str) -> bool:
        """Whether somebody handles the action and, if it is a panel's, that panel is in front."""
        scope = self._specs[action_id].scope
        return action_id in self._handlers and (scope not in _PANEL_SCOPES or scope == self._scope)

    def set_scope(self, panel_id: str) -> None:
        """Says which panel is in front."""
        self._scope = panel_id
        self._on_available_changed()

    # ---- showing -----------------------------------------------------------------------------

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every declared action, in the order of the table."""
        return tuple(self._specs.values())

    def available(self) -> list[ActionSpec]:
        """The actions that can be shown now, in the order of the table."""
        return [spec for spec in self._specs.values() if self.is_available(spec.id)]

    def action(self, action_id: str) -> QAction:
        """The action for a menu or a button. KeyError for an undeclared id."""
        return self._actions[action_id]

    def text(self, action_id: str) -> str:
        """The action's name, translated."""
        return self._texts.get(action_id) or _translated(self._specs[action_id])

    def set_text(self, action_id: str, text: str) -> None:
        """What the action is called for now, as "Undo Rename Mara"; "" for the table's name."""
        self._texts[action_id] = text
        # A menu takes a "&" for the mark of a key.
        self._actions[action_id].setText(self.text(action_id).replace("&", "&&"))
        self._actions[action_id].setToolTip(self.tooltip(action_id))

    def tooltip(self, action_id: str) -> str:
        """What the action does and its shortcut: "Keep (S)"."""
        spec = self._specs[action_id]
        words = QCoreApplication.translate("Actions", spec.tip) if spec.tip else self.text(spec.id)
        keys = self.shortcut_text(action_id)
        return f"{words} ({keys})" if keys else words

    def show_enabled(self) -> None:
        """Greys what cannot be done now: before a menu opens."""
        for action_id, action in self._actions.items():
            action.setEnabled(self.can_run(action_id))

    def show_available(self) -> None:
        """Ends the greying: a shortcut is judged when it is pressed, not when a menu was open."""
        for action_id, action in self._actions.items():
            action.setEnabled(self.is_available(action_id))

    # ---- shortcuts ---------------------------------------------------------------------------

    def shortcut(self, action_id: str) -> str:
        """The portable key sequence that belongs to the action; "" for none."""
        return self._overrides.get(action_id, self._specs[action_id].shortcut)

    def default_shortcut(self, action_id: str) -> str:
        """The table's portable key sequence; "" for none."""
        return self._specs[action_id].shortcut

    def shortcut_text(self, action_id: str) -> str:
        """The key sequence as this system writes it; "" while another action has it."""
        return "" if self._gives_way(action_id) else shortcut_text(self.shortcut(action_id))

    def overrides(self) -> dict[str, str]:
        """Only what differs from the table, for the settings."""
        return dict(self._overrides)

    def apply_overrides(self, overrides: Mapping[str, str]) -> None:
        """Puts these key sequences in place of the table's; undeclared ids are left out."""
        self._overrides = {
            action_id: keys
            for action_id, keys in overrides.items()
            if action_id in self._specs and keys != self._specs[action_id].shortcut
        }
        for action_id, action in self._actions.items():
            self._show_keys(action_id, action)
        self.shortcuts_changed.emit()

    def conflicts(self, action_id: str, keys: str) -> list[ActionSpec]:
        """The other actions that `keys` would set off at the same time as this one."""
        if not keys:
            return []
        wanted = set(key_sequences(keys))
        return [
            other
            for other in self._specs.values()
            if other.id != action_id
            and _can_meet(self._specs[action_id], other)
            and wanted & set(key_sequences(self.shortcut(other.id)))
        ]

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(_translated(spec), self._signals)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        if spec.icon:
            action.setIcon(icon(spec.icon))
            action.setIconVisibleInMenu(False)
        action.setEnabled(False)
        action.triggered.connect(partial(self._on_action_triggered, spec.id))
        return action

    def _gives_way(self, action_id: str) -> bool:
        """Whether the panel in front has an action that takes the keys of this one."""
        name = self._specs[action_id].gives_way_to
        rival = f"{self._scope}.{name}"
        return bool(name) and rival in self._specs and self.is_available(rival)

    def _show_keys(self, action_id: str, action: QAction) -> None:
        keys = "" if self._gives_way(action_id) else self.shortcut(action_id)
        action.setShortcuts(key_sequences(keys))
        action.setToolTip(self.tooltip(action_id))

    def _on_action_triggered(self, action_id: str, checked: bool = False) -> None:
        self.trigger(action_id)

    def _on_available_changed(self) -> None:
        for action_id, action in self._actions.items():
            action.setVisible(self.is_available(action_id))
            if self._specs[action_id].gives_way_to:
                self._show_keys(action_id, action)
        self.show_available()
        self.available_changed.emit()


def key_sequences(keys: str) -> list[QKeySequence]:
    """The sequences a portable text stands for: "Enter" is the main key and the keypad's."""
    if not keys:
        return []
    if "Enter" in keys:
        # Menus show the first of them.
        return [QKeySequence(keys), QKeySequence(keys.replace("Enter", "Return"))]
    return [QKeySequence(keys)]


def shortcut_text(keys: str) -> str:
    """A portable key sequence as this system writes it."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("Return", "Enter")


def _translated(spec: ActionSpec) -> str:
    context = "Panels" if spec.scope == "panel" else "Actions"
    return QCoreApplication.translate(context, spec.text)


def _can_meet(one: ActionSpec, other: ActionSpec) -> bool:
    """Whether both can have their keys at the same time."""
    if one.scope == other.scope:
        return True
    if one.scope in _PANEL_SCOPES and other.scope in _PANEL_SCOPES:
        return False
    return other.name != one.gives_way_to and one.name != other.gives_way_to


def _always() -> bool:
    return True
