"""What can be done with the project: its files and its history."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

PROJECT_ACTIONS = (
    ActionSpec(
        "project.new", QT_TRANSLATE_NOOP("Actions", "New project"), "File", "Ctrl+N", "file-plus"
    ),
    ActionSpec(
        "project.open",
        QT_TRANSLATE_NOOP("Actions", "Open a project…"),
        "File",
        "Ctrl+O",
        "file",
    ),
    ActionSpec(
        "project.open_recent",
        QT_TRANSLATE_NOOP("Actions", "Open a recent project"),
        "File",
        icon="clock-counter-clockwise",
    ),
    ActionSpec(
        "project.open_sample",
        QT_TRANSLATE_NOOP("Actions", "Open the sample project"),
        "File",
        icon="film-strip",
        tip=QT_TRANSLATE_NOOP("Actions", "Opens a copy of The Lighthouse to play with"),
    ),
    ActionSpec(
        "project.save",
        QT_TRANSLATE_NOOP("Actions", "Save"),
        "File",
        "Ctrl+S",
        "floppy-disk",
        section=1,
    ),
    ActionSpec(
        "project.save_as",
        QT_TRANSLATE_NOOP("Actions", "Save the project as…"),
        "File",
        "Ctrl+Shift+S",
        "floppy-disk-back",
        section=1,
        gives_way_to="save_as",
    ),
    ActionSpec(
        "project.revert",
        QT_TRANSLATE_NOOP("Actions", "Revert to the saved file"),
        "File",
        icon="arrow-u-up-left",
        section=1,
        tip=QT_TRANSLATE_NOOP("Actions", "Goes back to what was saved last; Undo takes that back"),
    ),
    ActionSpec(
        "project.restore",
        QT_TRANSLATE_NOOP("Actions", "Restore from a backup…"),
        "File",
        icon="stack",
        section=2,
    ),
    ActionSpec(
        "project.bring_back",
        QT_TRANSLATE_NOOP("Actions", "Bring back unsaved work…"),
        "File",
        icon="lifebuoy",
        section=2,
    ),
    ActionSpec(
        "project.undo",
        QT_TRANSLATE_NOOP("Actions", "Undo"),
        "Edit",
        "Ctrl+Z",
        "arrow-counter-clockwise",
        gives_way_to="undo",
    ),
    ActionSpec(
        "project.redo",
        QT_TRANSLATE_NOOP("Actions", "Redo"),
        "Edit",
        "Ctrl+Shift+Z",
        "arrow-clockwise",
        gives_way_to="undo",
    ),
    ActionSpec(
        "project.history",
        QT_TRANSLATE_NOOP("Actions", "History…"),
        "Edit",
        icon="list-bullets",
    ),
    ActionSpec(
        "window.data_places",
        QT_TRANSLATE_NOOP("Actions", "Where is my data"),
        "Help",
        icon="hard-drives",
    ),
)
