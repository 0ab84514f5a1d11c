"""What can be done with models."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

MODELS_ACTIONS = (
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
)
