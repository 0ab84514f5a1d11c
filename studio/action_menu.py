"""Menus of actions that open where the person is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QPoint

    from studio.actions import Actions


def show_actions(
    actions: Actions, groups: Iterable[Sequence[str]], parent: QWidget, at: QPoint
) -> None:
    """A menu of actions by their ids, with a line between two groups."""
    menu = QMenu(parent)
    for group in groups:
        menu.addSeparator()
        menu.addActions([actions.action(action_id) for action_id in group])
    show_menu(actions, menu, at)


def show_menu(actions: Actions, menu: QMenu, at: QPoint) -> None:
    """Opens a menu, in which what cannot be done now is grey, and deletes it."""
    actions.show_enabled()
    menu.exec(at)
    actions.show_available()
    menu.deleteLater()
