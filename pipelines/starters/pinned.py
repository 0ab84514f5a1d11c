"""Opens nothing but files that are exactly as the starter set has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.hashes import file_sha256
from pipelines.starters.manifest import find_starter

if TYPE_CHECKING:
    from pathlib import Path


def pinned_sha256(starter_id: str, path: Path) -> str:
    """The sha256 of a file of that starter, which is the one of the manifest.

    For formats whose readers trust what they read: so they never see a stranger's file. Raises
    PipelineError `not_found` or `wrong_hash`, KeyError for no starter.
    """
    pins = {file.name: file.installed for file in find_starter(starter_id).files}
    hint = f"Install {starter_id} of the starter set again."
    if not path.is_file():
        raise PipelineError("not_found", f"There is no network “{path}”.", hint)
    sha256 = file_sha256(path)
    if path.name not in pins or sha256 != pins[path.name].sha256:
        raise PipelineError("wrong_hash", f"“{path.name}” is not what the starter set has.", hint)
    return sha256
