"""The models that come with the program: there at once, before any folder was looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.assets import assets_folder
from pipelines.model_folder import inspect_folder

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef


def shipped_models() -> tuple[ModelRef, ...]:
    """Every folder of `assets/models`. Raises PipelineError if one is damaged."""
    return tuple(inspect_folder(path) for path in sorted((assets_folder() / "models").iterdir()))
