"""What the window itself can do."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

WINDOW_ACTIONS = (
    ActionSpec(
        "window.open_library_folder",
        QT_TRANSLATE_NOOP("Actions", "Open the library folder"),
        "File",
        icon="folder-open",
        section=3,
    ),
    ActionSpec(
        "window.preferences",
        QT_TRANSLATE_NOOP("Actions", "Settings"),
        "File",
        "Ctrl+,",
        "gear-six",
        section=4,
    ),
    ActionSpec(
        "window.quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "File", "Ctrl+Q", "sign-out", section=5
    ),
    ActionSpec(
        "window.find_action",
        QT_TRANSLATE_NOOP("Actions", "Find an action"),
        "View",
        "Ctrl+K",
        "magnifying-glass",
    ),
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
