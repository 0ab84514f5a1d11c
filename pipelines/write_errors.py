"""What is said of a file that could not be written."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from pipelines.api import PipelineError

if TYPE_CHECKING:
    from pathlib import Path


def write_error(path: Path, error: OSError) -> PipelineError:
    """`disk_full`, `read_only`, `bad_path` or `write_failed`, by what the system said."""
    folder = path.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PipelineError(
            "disk_full",
            f"The disk is full: “{path.name}” could not be written.",
            f"Free some space on the disk of {folder}, or choose another folder.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return PipelineError(
            "read_only",
            f"“{path.name}” could not be written: {folder} does not allow it.",
            "Choose a folder you may write to.",
        )
    if error.errno in (
        errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP,
    ):  # fmt: skip
        return PipelineError(
            "bad_path",
            f"“{path.name}” could not be written: {error.strerror}.",
            f"Check that the folder {folder} exists and choose another name.",
        )
    return PipelineError(
        "write_failed",
        f"“{path.name}” could not be written: {error.strerror or error}.",
        "Check the disk, or choose another folder.",
    )
