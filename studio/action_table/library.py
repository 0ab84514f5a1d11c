"""What can be done in the library."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

LIBRARY_ACTIONS = (
    ActionSpec(
        "library.undo",
        QT_TRANSLATE_NOOP("Actions", "Undo delete"),
        "Edit",
        "Ctrl+Z",
        "arrow-counter-clockwise",
        0,
    ),
    ActionSpec(
        "library.copy_image",
        QT_TRANSLATE_NOOP("Actions", "Copy picture"),
        "Edit",
        "Ctrl+C",
        "copy",
        1,
    ),
    ActionSpec(
        "library.copy_seed",
        QT_TRANSLATE_NOOP("Actions", "Copy seed"),
        "Edit",
        "Ctrl+Shift+C",
        "hash",
        1,
    ),
    ActionSpec(
        "library.select_all",
        QT_TRANSLATE_NOOP("Actions", "Select all pictures"),
        "Edit",
        "Ctrl+A",
        "selection-all",
        1,
    ),
    ActionSpec(
        "library.delete", QT_TRANSLATE_NOOP("Actions", "Delete picture"), "Edit", "Del", "trash", 1
    ),
    ActionSpec(
        "library.find",
        QT_TRANSLATE_NOOP("Actions", "Find pictures"),
        "Edit",
        "Ctrl+F",
        "magnifying-glass",
        2,
    ),
    ActionSpec("library.keep", QT_TRANSLATE_NOOP("Actions", "Keep"), "Picture", "S", "star", 1),
    ActionSpec(
        "library.zoom",
        QT_TRANSLATE_NOOP("Actions", "Look closer"),
        "Picture",
        "",
        "magnifying-glass-plus",
        1,
    ),
    ActionSpec(
        "library.compare",
        QT_TRANSLATE_NOOP("Actions", "Compare two pictures"),
        "Picture",
        "C",
        "columns",
        1,
    ),
    ActionSpec(
        "library.use_settings",
        QT_TRANSLATE_NOOP("Actions", "Use these settings"),
        "Picture",
        "Ctrl+U",
        "sliders-horizontal",
        1,
    ),
    ActionSpec(
        "library.variations",
        QT_TRANSLATE_NOOP("Actions", "Variations of this"),
        "Picture",
        "Ctrl+Shift+V",
        "copy-simple",
        1,
    ),
    ActionSpec(
        "library.reveal",
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        "Picture",
        "Ctrl+Shift+F",
        "folder-open",
        1,
    ),
)
