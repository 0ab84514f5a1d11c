"""Every setting there is. The preferences page is made from this table."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from studio.settings import Setting, Settings
from studio.settings_types import Choice, Flag, Folder, Folders, Number, Shortcuts, Text, Whole
from studio.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THEME = Setting(
    "theme",
    Choice(
        {
            "system": QT_TRANSLATE_NOOP("Settings", "As the system"),
            "dark": QT_TRANSLATE_NOOP("Settings", "Dark"),
            "light": QT_TRANSLATE_NOOP("Settings", "Light"),
        }
    ),
    "system",
    QT_TRANSLATE_NOOP("Settings", "Theme"),
    group=QT_TRANSLATE_NOOP("Settings", "Window"),
)
PREVIEWS = Setting(
    "previews",
    Flag(),
    True,
    QT_TRANSLATE_NOOP("Settings", "Show pictures while they are drawn"),
    QT_TRANSLATE_NOOP("Settings", "Costs next to nothing."),
    QT_TRANSLATE_NOOP("Settings", "Window"),
)
NOTIFY_WHEN_DONE = Setting(
    "notify_when_done",
    Flag(),
    True,
    QT_TRANSLATE_NOOP("Settings", "Tell me when a job is done"),
    QT_TRANSLATE_NOOP("Settings", "Only while another window is in front."),
    QT_TRANSLATE_NOOP("Settings", "Window"),
)
CONFIRM_QUIT_WITH_JOBS = Setting(
    "confirm_quit_with_jobs",
    Flag(),
    True,
    QT_TRANSLATE_NOOP("Settings", "Ask before closing while a job runs"),
    QT_TRANSLATE_NOOP("Settings", "Waiting jobs are kept either way."),
    QT_TRANSLATE_NOOP("Settings", "Window"),
)
RECENT_PROMPTS = Setting(
    "recent_prompts",
    Whole(0, 10_000),
    200,
    QT_TRANSLATE_NOOP("Settings", "Remembered prompts"),
    QT_TRANSLATE_NOOP("Settings", "So many prompts can be called back; 0 remembers none."),
    QT_TRANSLATE_NOOP("Settings", "Window"),
)
REOPEN_LAST = Setting(
    "reopen_last_project",
    Flag(),
    True,
    QT_TRANSLATE_NOOP("Settings", "Open the last project at the start"),
    group=QT_TRANSLATE_NOOP("Settings", "Projects"),
)
HISTORY_MB = Setting(
    "history_mb",
    Whole(1, 4096),
    64,
    QT_TRANSLATE_NOOP("Settings", "Memory for Undo (MB)"),
    QT_TRANSLATE_NOOP("Settings", "Beyond it, the oldest steps are forgotten."),
    QT_TRANSLATE_NOOP("Settings", "Projects"),
)
MODEL_FOLDERS: Setting[tuple[Path, ...]] = Setting(
    "model_folders",
    Folders(),
    (),
    QT_TRANSLATE_NOOP("Settings", "Model folders"),
    QT_TRANSLATE_NOOP(
        "Settings", "Models stay where they are. Folders of other programs are welcome."
    ),
    QT_TRANSLATE_NOOP("Settings", "Folders"),
)
LORA_FOLDERS: Setting[tuple[Path, ...]] = Setting(
    "lora_folders",
    Folders(),
    (),
    QT_TRANSLATE_NOOP("Settings", "LoRA folders"),
    QT_TRANSLATE_NOOP("Settings", "Nothing in them is moved or changed."),
    QT_TRANSLATE_NOOP("Settings", "Folders"),
)
FORGOTTEN_MODELS: Setting[tuple[Path, ...]] = Setting(
    "forgotten_models", Folders(), (), QT_TRANSLATE_NOOP("Settings", "Models taken off the list")
)
OFFER_STARTERS = Setting(
    "offer_starters", Flag(), True, QT_TRANSLATE_NOOP("Settings", "Offer the starter set")
)
WILDCARDS_FOLDER: Setting[Path | None] = Setting(
    "wildcards_folder",
    Folder(),
    None,
    QT_TRANSLATE_NOOP("Settings", "Wildcards folder"),
    QT_TRANSLATE_NOOP(
        "Settings", "Its file colours.txt is what __colours__ in a prompt chooses a line from."
    ),
    QT_TRANSLATE_NOOP("Settings", "Folders"),
)
LIBRARY_FOLDER: Setting[Path | None] = Setting(
    "library_folder",
    Folder(),
    None,
    QT_TRANSLATE_NOOP("Settings", "Library folder"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Every finished picture is put here from the next start. Those made so far stay.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Folders"),
)
PICTURE_FOLDERS: Setting[tuple[Path, ...]] = Setting(
    "picture_folders",
    Folders(),
    (),
    QT_TRANSLATE_NOOP("Settings", "Folders of pictures"),
    QT_TRANSLATE_NOOP(
        "Settings", "The library shows what lies in them; nothing in them is moved or changed."
    ),
    QT_TRANSLATE_NOOP("Settings", "Folders"),
)
DEFAULT_MODEL = Setting(
    "default_model",
    Text(),
    "",
    QT_TRANSLATE_NOOP("Settings", "Model at the start"),
    QT_TRANSLATE_NOOP("Settings", "Its name or path; empty takes the one used last."),
    QT_TRANSLATE_NOOP("Settings", "Models"),
)
DEVICE = Setting(
    "device",
    Choice(
        {
            "auto": QT_TRANSLATE_NOOP("Settings", "The fastest there is"),
            "cuda": QT_TRANSLATE_NOOP("Settings", "Graphics card (CUDA or ROCm)"),
            "mps": QT_TRANSLATE_NOOP("Settings", "Apple GPU"),
            "xpu": QT_TRANSLATE_NOOP("Settings", "Intel graphics"),
            "cpu": QT_TRANSLATE_NOOP("Settings", "Processor"),
        }
    ),
    "auto",
    QT_TRANSLATE_NOOP("Settings", "Draw on"),
    group=QT_TRANSLATE_NOOP("Settings", "Models"),
)
MEMORY_SHARE = Setting(
    "memory_share",
    Number(0.1, 1.0),
    0.9,
    QT_TRANSLATE_NOOP("Settings", "Share of the memory for models"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Of the device's memory; a model that needs more is worked on in parts, which is slower.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Models"),
)
SHORTCUTS: Setting[Mapping[str, str]] = Setting(
    "shortcuts",
    Shortcuts(),
    MappingProxyType({}),
    QT_TRANSLATE_NOOP("Settings", "Keyboard shortcuts"),
    group=QT_TRANSLATE_NOOP("Settings", "Shortcuts"),
)

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    PREVIEWS,
    NOTIFY_WHEN_DONE,
    CONFIRM_QUIT_WITH_JOBS,
    RECENT_PROMPTS,
    REOPEN_LAST,
    HISTORY_MB,
    MODEL_FOLDERS,
    LORA_FOLDERS,
    FORGOTTEN_MODELS,
    OFFER_STARTERS,
    WILDCARDS_FOLDER,
    LIBRARY_FOLDER,
    PICTURE_FOLDERS,
    DEFAULT_MODEL,
    DEVICE,
    MEMORY_SHARE,
    SHORTCUTS,
)

RENAMED: Mapping[str, str] = MappingProxyType({})
"""Keys of earlier versions and what they are called now."""


def load_settings(path: Path) -> Settings:
    """The settings in `path`; see `Settings` for what happens with bad ones."""
    return Settings(path, SETTINGS, RENAMED)
