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
    ActionSpec(
        "models.get",
        QT_TRANSLATE_NOOP("Actions", "Download a model by hub id…"),
        "Models",
        "",
        "cloud-arrow-down",
        tip=QT_TRANSLATE_NOOP("Actions", "Its size and licence are shown before anything comes"),
    ),
    ActionSpec(
        "models.install_starters",
        QT_TRANSLATE_NOOP("Actions", "Install the starter set"),
        "Models",
        "",
        "download-simple",
        tip=QT_TRANSLATE_NOOP("Actions", "Writing, styles, enlarging and search by meaning"),
    ),
    ActionSpec(
        "model_files.verify",
        QT_TRANSLATE_NOOP("Actions", "Verify the starter set"),
        "Models",
        "",
        "shield-check",
    ),
    ActionSpec(
        "model_files.find",
        QT_TRANSLATE_NOOP("Actions", "Find models"),
        "Edit",
        "Ctrl+F",
        "magnifying-glass",
        2,
    ),
    ActionSpec(
        "model_files.use",
        QT_TRANSLATE_NOOP("Actions", "Use in Imagine"),
        "Models",
        "Ctrl+U",
        "sparkle",
        1,
        QT_TRANSLATE_NOOP("Actions", "Draw with this model"),
    ),
    ActionSpec(
        "model_files.reveal",
        QT_TRANSLATE_NOOP("Actions", "Show in folder"),
        "Models",
        "Ctrl+Shift+F",
        "folder-open",
        1,
    ),
    ActionSpec(
        "model_files.check",
        QT_TRANSLATE_NOOP("Actions", "Check the model"),
        "Models",
        "",
        "shield-check",
        1,
        QT_TRANSLATE_NOOP("Actions", "Judges headers and pickles; nothing is loaded or run"),
    ),
    ActionSpec(
        "model_files.hash",
        QT_TRANSLATE_NOOP("Actions", "Compute the sha256"),
        "Models",
        "",
        "hash",
        1,
        QT_TRANSLATE_NOOP("Actions", "Reads all of the weights; again to stop"),
    ),
    ActionSpec(
        "model_files.forget",
        QT_TRANSLATE_NOOP("Actions", "Take off the list, or put back"),
        "Models",
        "",
        "eye-slash",
        2,
        QT_TRANSLATE_NOOP("Actions", "The file stays where it is, and can be put back on the list"),
    ),
    ActionSpec(
        "model_files.delete",
        QT_TRANSLATE_NOOP("Actions", "Delete the file…"),
        "Models",
        "Del",
        "trash",
        3,
        QT_TRANSLATE_NOOP("Actions", "This one goes to the system's trash, after a question"),
    ),
)
