"""Every action there is, as data: name, menu, shortcut, icon."""

from __future__ import annotations

from studio.action_spec import MENUS, ActionSpec
from studio.registry import PANELS
from studio.translation import QT_TRANSLATE_NOOP

__all__ = ["ACTIONS", "MENUS", "ActionSpec"]


def _panel_actions() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            f"panel.{panel.id}",
            panel.title,
            "View",
            f"Ctrl+{panel.number}" if panel.number else "",
            panel.icon,
        )
        for panel in PANELS
    )


_LIBRARY_ACTIONS = (
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

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "window.open_library_folder",
        QT_TRANSLATE_NOOP("Actions", "Open the library folder"),
        "File",
        icon="folder-open",
    ),
    ActionSpec(
        "window.preferences",
        QT_TRANSLATE_NOOP("Actions", "Settings"),
        "File",
        "Ctrl+,",
        "gear-six",
        section=1,
    ),
    ActionSpec(
        "window.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "File", "Ctrl+Q", "sign-out", section=2
    ),
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
    *_LIBRARY_ACTIONS,
    ActionSpec(
        "window.find_action",
        QT_TRANSLATE_NOOP("Actions", "Find an action"),
        "View",
        "Ctrl+K",
        "magnifying-glass",
    ),
    *_panel_actions(),
    ActionSpec(
        "window.inspector",
        QT_TRANSLATE_NOOP("Actions", "Show the inspector"),
        "View",
        "F9",
        "columns",
        section=1,
        checkable=True,
    ),
    ActionSpec(
        "window.full_screen",
        QT_TRANSLATE_NOOP("Actions", "Full screen"),
        "View",
        "F11",
        "arrows-out",
        section=1,
        checkable=True,
    ),
    ActionSpec(
        "window.theme_dark", QT_TRANSLATE_NOOP("Actions", "Dark theme"), "View", "", "moon", 2
    ),
    ActionSpec(
        "window.theme_light", QT_TRANSLATE_NOOP("Actions", "Light theme"), "View", "", "sun", 2
    ),
    ActionSpec(
        "window.theme_system",
        QT_TRANSLATE_NOOP("Actions", "Theme of the system"),
        "View",
        "",
        "desktop",
        2,
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
    ActionSpec(
        "jobs.pause",
        QT_TRANSLATE_NOOP("Actions", "Pause or go on"),
        "Picture",
        "Ctrl+Shift+P",
        "pause",
        section=3,
    ),
    ActionSpec(
        "jobs.cancel",
        QT_TRANSLATE_NOOP("Actions", "Cancel the running job"),
        "Picture",
        "Ctrl+.",
        "x",
        section=3,
    ),
    ActionSpec(
        "jobs.queue",
        QT_TRANSLATE_NOOP("Actions", "Show the queue"),
        "Picture",
        "Ctrl+Shift+Q",
        "queue",
        section=3,
    ),
    ActionSpec(
        "jobs.pause_queue",
        QT_TRANSLATE_NOOP("Actions", "Pause or resume the queue"),
        "Picture",
        "",
        "pause-circle",
        section=3,
        tip=QT_TRANSLATE_NOOP("Actions", "What runs goes on, what waits does not begin"),
    ),
    ActionSpec(
        "jobs.stop_after",
        QT_TRANSLATE_NOOP("Actions", "Stop after the running job"),
        "Picture",
        "",
        "stop-circle",
        section=3,
    ),
    ActionSpec(
        "models.add_folder",
        QT_TRANSLATE_NOOP("Actions", "Add a folder of models…"),
        "Models",
        "",
        "folder-plus",
        tip=QT_TRANSLATE_NOOP(
            "Actions", "Models are used where they are, nothing is moved or copied"
        ),
    ),
    ActionSpec(
        "models.refresh",
        QT_TRANSLATE_NOOP("Actions", "Look for models again"),
        "Models",
        "",
        "arrows-clockwise",
    ),
    ActionSpec(
        "window.shortcuts",
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        "Help",
        "F1",
        "keyboard",
    ),
    ActionSpec(
        "window.open_log",
        QT_TRANSLATE_NOOP("Actions", "Open the log"),
        "Help",
        "",
        "article",
        section=1,
    ),
    ActionSpec(
        "window.about",
        QT_TRANSLATE_NOOP("Actions", "About Fabula Studio"),
        "Help",
        "",
        "info",
        section=1,
    ),
)
