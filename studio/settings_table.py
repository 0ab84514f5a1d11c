"""Every setting there is. The preferences page is made from this table."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from studio.settings import Setting, Settings
from studio.settings_types import Choice, Flag, Folder, Folders, Number, Shortcuts, Text, Whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THEME = Setting(
    "theme",
    Choice({"system": "As the system", "dark": "Dark", "light": "Light"}),
    "system",
    "Theme",
    group="Window",
)
PREVIEWS = Setting(
    "previews",
    Flag(),
    True,
    "Show pictures while they are drawn",
    "Costs next to nothing.",
    "Window",
)
NOTIFY_WHEN_DONE = Setting(
    "notify_when_done",
    Flag(),
    True,
    "Tell me when a job is done",
    "Only while another window is in front.",
    "Window",
)
CONFIRM_QUIT_WITH_JOBS = Setting(
    "confirm_quit_with_jobs",
    Flag(),
    True,
    "Ask before closing while a job runs",
    "Waiting jobs are kept either way.",
    "Window",
)
RECENT_PROMPTS = Setting(
    "recent_prompts",
    Whole(0, 10_000),
    200,
    "Remembered prompts",
    "So many prompts can be called back; 0 remembers none.",
    "Window",
)
MODEL_FOLDERS: Setting[tuple[Path, ...]] = Setting(
    "model_folders",
    Folders(),
    (),
    "Model folders",
    "Models stay where they are. Folders of other programs are welcome.",
    "Folders",
)
LORA_FOLDERS: Setting[tuple[Path, ...]] = Setting(
    "lora_folders",
    Folders(),
    (),
    "LoRA folders",
    "Nothing in them is moved or changed.",
    "Folders",
)
WILDCARDS_FOLDER: Setting[Path | None] = Setting(
    "wildcards_folder",
    Folder(),
    None,
    "Wildcards folder",
    "Its file colours.txt is what __colours__ in a prompt chooses a line from.",
    "Folders",
)
LIBRARY_FOLDER: Setting[Path | None] = Setting(
    "library_folder",
    Folder(),
    None,
    "Library folder",
    "Every finished picture is put here from the next start. Those made so far stay.",
    "Folders",
)
DEFAULT_MODEL = Setting(
    "default_model",
    Text(),
    "",
    "Model at the start",
    "Its name or path; empty takes the one used last.",
    "Models",
)
DEVICE = Setting(
    "device",
    Choice(
        {
            "auto": "The fastest there is",
            "cuda": "Graphics card (CUDA or ROCm)",
            "mps": "Apple GPU",
            "xpu": "Intel graphics",
            "cpu": "Processor",
        }
    ),
    "auto",
    "Draw on",
    group="Models",
)
MEMORY_SHARE = Setting(
    "memory_share",
    Number(0.1, 1.0),
    0.9,
    "Share of the memory for models",
    "Of the device's memory; a model that needs more is worked on in parts, which is slower.",
    "Models",
)
SHORTCUTS: Setting[Mapping[str, str]] = Setting(
    "shortcuts",
    Shortcuts(),
    MappingProxyType({}),
    "Keyboard shortcuts",
    group="Shortcuts",
)

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    PREVIEWS,
    NOTIFY_WHEN_DONE,
    CONFIRM_QUIT_WITH_JOBS,
    RECENT_PROMPTS,
    MODEL_FOLDERS,
    LORA_FOLDERS,
    WILDCARDS_FOLDER,
    LIBRARY_FOLDER,
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
