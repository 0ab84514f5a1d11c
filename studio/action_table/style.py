"""What can be done in the Style panel, and what other panels send there."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

ENLARGE = {
    2: QT_TRANSLATE_NOOP("Actions", "Enlarge ×2"),
    3: QT_TRANSLATE_NOOP("Actions", "Enlarge ×3"),
    4: QT_TRANSLATE_NOOP("Actions", "Enlarge ×4"),
}
"""How many times as long the sides of a picture can become, and what that is called."""


def sending_actions(panel: str) -> tuple[ActionSpec, ...]:
    """What a panel that shows pictures offers for those that are chosen."""
    style = ActionSpec(
        f"{panel}.style",
        QT_TRANSLATE_NOOP("Actions", "Send to Style"),
        "Picture",
        "Y",
        "swatches",
        1,
        QT_TRANSLATE_NOOP("Actions", "Give the picture another look"),
    )
    enlarge = (
        ActionSpec(f"{panel}.enlarge_{scale}", text, "Picture", "", "frame-corners", 3)
        for scale, text in ENLARGE.items()
    )
    return (style, *enlarge)


STYLE_ACTIONS = (
    ActionSpec(
        "style.paste",
        QT_TRANSLATE_NOOP("Actions", "Paste a picture"),
        "Edit",
        "Ctrl+V",
        "clipboard",
        1,
    ),
    ActionSpec(
        "style.forget_look",
        QT_TRANSLATE_NOOP("Actions", "Take this look off the list"),
        "Edit",
        "Del",
        "minus-circle",
        1,
        QT_TRANSLATE_NOOP("Actions", "Only for looks of a picture; the picture stays"),
    ),
    ActionSpec(
        "style.apply", QT_TRANSLATE_NOOP("Actions", "Apply"), "Picture", "Ctrl+Enter", "swatches"
    ),
    ActionSpec("style.stop", QT_TRANSLATE_NOOP("Actions", "Stop"), "Picture", "", "x"),
    ActionSpec(
        "style.open",
        QT_TRANSLATE_NOOP("Actions", "Open a picture…"),
        "Picture",
        "Ctrl+Shift+O",
        "image",
        1,
    ),
    ActionSpec(
        "style.like",
        QT_TRANSLATE_NOOP("Actions", "Take the look of a picture…"),
        "Picture",
        "",
        "plus",
        1,
        QT_TRANSLATE_NOOP("Actions", "Any painting or photograph can be a look"),
    ),
    ActionSpec(
        "style.add_folder",
        QT_TRANSLATE_NOOP("Actions", "Do a whole folder…"),
        "Picture",
        "",
        "folder-open",
        1,
        QT_TRANSLATE_NOOP("Actions", "Every picture in it as it is set here; the folder stays"),
    ),
    ActionSpec(
        "style.fit",
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture"),
        "View",
        "F",
        "corners-in",
    ),
    *sending_actions("imagine"),
    *sending_actions("library"),
)
