"""What can be done in the Imagine panel."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

IMAGINE_ACTIONS = (
    ActionSpec(
        "imagine.undo",
        QT_TRANSLATE_NOOP("Actions", "Undo delete"),
        "Edit",
        "Ctrl+Z",
        "arrow-counter-clockwise",
        tip=QT_TRANSLATE_NOOP("Actions", "Bring back the picture deleted last"),
    ),
    ActionSpec(
        "imagine.copy_image",
        QT_TRANSLATE_NOOP("Actions", "Copy picture"),
        "Edit",
        "Ctrl+C",
        "copy",
        section=1,
    ),
    ActionSpec(
        "imagine.copy_seed",
        QT_TRANSLATE_NOOP("Actions", "Copy seed"),
        "Edit",
        "Ctrl+Shift+C",
        "hash",
        section=1,
    ),
    ActionSpec(
        "imagine.select_all",
        QT_TRANSLATE_NOOP("Actions", "Select all pictures"),
        "Edit",
        "Ctrl+A",
        "selection-all",
        section=1,
    ),
    ActionSpec(
        "imagine.delete",
        QT_TRANSLATE_NOOP("Actions", "Delete picture"),
        "Edit",
        "Del",
        "trash",
        section=1,
        tip=QT_TRANSLATE_NOOP("Actions", "Move the picture to the trash"),
    ),
    ActionSpec(
        "imagine.generate",
        QT_TRANSLATE_NOOP("Actions", "Generate"),
        "Picture",
        "Ctrl+Enter",
        "sparkle",
    ),
    ActionSpec(
        "imagine.keep", QT_TRANSLATE_NOOP("Actions", "Keep"), "Picture", "S", "star", section=1
    ),
    ActionSpec(
        "imagine.zoom",
        QT_TRANSLATE_NOOP("Actions", "Look closer"),
        "Picture",
        "",
        "magnifying-glass-plus",
        section=1,
        tip=QT_TRANSLATE_NOOP("Actions", "Show the picture as large as the panel"),
    ),
    ActionSpec(
        "imagine.use_settings",
        QT_TRANSLATE_NOOP("Actions", "Use these settings"),
        "Picture",
        "Ctrl+U",
        "sliders-horizontal",
        section=1,
    ),
    ActionSpec(
        "imagine.variations",
        QT_TRANSLATE_NOOP("Actions", "Variations of this"),
        "Picture",
        "Ctrl+Shift+V",
        "copy-simple",
        section=1,
    ),
    ActionSpec(
        "imagine.save_as",
        QT_TRANSLATE_NOOP("Actions", "Save a copy as…"),
        "Picture",
        "Ctrl+Shift+S",
        "floppy-disk",
        section=1,
    ),
    ActionSpec(
        "imagine.negative_prompt",
        QT_TRANSLATE_NOOP("Actions", "Negative prompt"),
        "Picture",
        "Ctrl+Shift+N",
        "minus-circle",
        section=2,
    ),
    ActionSpec(
        "imagine.smaller",
        QT_TRANSLATE_NOOP("Actions", "Take a smaller size"),
        "Picture",
        "",
        "arrows-in",
        section=2,
        tip=QT_TRANSLATE_NOOP("Actions", "Three quarters of each side: needs less memory"),
    ),
    ActionSpec(
        "imagine.history",
        QT_TRANSLATE_NOOP("Actions", "Prompts used before"),
        "Picture",
        "Ctrl+H",
        "clock-counter-clockwise",
        section=2,
    ),
    ActionSpec(
        "imagine.focus_prompt",
        QT_TRANSLATE_NOOP("Actions", "Go to the prompt"),
        "Picture",
        "Ctrl+L",
        "text-t",
        section=2,
    ),
    ActionSpec(
        "imagine.focus_pictures",
        QT_TRANSLATE_NOOP("Actions", "Go to the pictures"),
        "Picture",
        "Ctrl+Shift+L",
        "image",
        section=2,
    ),
)
