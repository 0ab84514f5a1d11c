"""Binds the library's actions to what does them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.actions import Actions
    from studio.panels.library.collecting import Collecting
    from studio.panels.library.comparison import Comparison
    from studio.panels.library.folders import FolderActions
    from studio.panels.library.picture_actions import PictureActions

MENU = (
    ("library.use_settings", "library.variations", "library.inpaint"),
    ("library.style", "library.enlarge_2", "library.enlarge_3", "library.enlarge_4"),
    ("library.zoom", "library.compare", "library.keep"),
    ("library.collect", "library.uncollect"),
    ("library.copy_image", "library.copy_seed", "library.copy_path"),
    ("library.reveal", "library.open"),
    ("library.delete", "library.undo"),
)
"""What can be done with the chosen pictures, in groups."""


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does what; `has_choice` says whether a picture is chosen."""

    pictures: PictureActions
    comparison: Comparison
    collecting: Collecting
    folders: FolderActions
    has_choice: Callable[[], bool]


def bind(actions: Actions, doers: Doers) -> None:
    """Connects every action that needs nothing of the panel itself."""
    connect, has_choice = actions.connect, doers.has_choice
    pictures, collecting, folders = doers.pictures, doers.collecting, doers.folders
    connect("library.keep", pictures.keep, has_choice)
    connect("library.delete", pictures.delete, has_choice)
    connect("library.undo", pictures.undo_delete, pictures.can_undo)
    connect("library.copy_image", pictures.copy_image, has_choice)
    connect("library.copy_seed", pictures.copy_seed, pictures.has_seed)
    connect("library.copy_path", pictures.copy_path, has_choice)
    connect("library.reveal", pictures.reveal, has_choice)
    connect("library.open", pictures.open, has_choice)
    connect("library.compare", doers.comparison.open, doers.comparison.can_open)
    connect("library.collect", collecting.show_menu, has_choice)
    connect("library.uncollect", collecting.take_out_chosen, collecting.can_take_out)
    connect("library.new_collection", collecting.make)
    connect("library.rename_collection", collecting.rename, collecting.has_current)
    connect("library.delete_collection", collecting.delete, collecting.has_current)
    connect("library.add_folder", folders.ask)
    connect("library.forget_folder", folders.forget, folders.can_forget)
    connect("library.look_again", folders.look)
