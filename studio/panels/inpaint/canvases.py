"""The canvases of the project: which there are, and the menu that chooses among them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from studio.action_menu import show_menu
from studio.document.canvas.canvas_record import CANVAS_KIND
from studio.document.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

    from studio.actions import Actions
    from studio.document.documents import Document
    from studio.open_project import OpenProject

_GROUPS = (
    ("inpaint.open", "inpaint.place", "inpaint.paste"),
    ("inpaint.save_as", "inpaint.save_to_library"),
    ("inpaint.rename", "inpaint.delete_canvas"),
)


def canvas_names(project: OpenProject) -> dict[str, str]:
    """By the keys of their documents, in the order of their names."""
    named = {document.key: _name(document) for document in project.of_kind(CANVAS_KIND)}
    return dict(sorted(named.items(), key=lambda item: (item[1].casefold(), item[0])))


def show_canvases(
    names: dict[str, str],
    current: str,
    choose: Callable[[str], object],
    actions: Actions,
    parent: QWidget,
    at: QPoint,
) -> None:
    """A menu of the canvases, and of what is done with the open one."""
    menu = QMenu(parent)
    for key, name in names.items():
        entry = menu.addAction(name)
        entry.setCheckable(True)
        entry.setChecked(key == current)
        entry.triggered.connect(partial(choose, key))
    for group in _GROUPS:
        menu.addSeparator()
        menu.addActions([actions.action(action_id) for action_id in group])
    show_menu(actions, menu, at)


def _name(document: Document) -> str:
    try:
        name = document.data.get("name")
    except ProjectError:
        name = None
    untitled = QCoreApplication.translate("Inpaint", "Untitled canvas")
    return name if isinstance(name, str) and name.strip() else untitled
