"""The names that the command line gives its results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.api import PipelineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def free_name(path: Path) -> Path:
    """`path`, or the same with the first number that no file has yet."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def numbered(path: Path, index: int, count: int) -> Path:
    """The name of picture `index` of `count`: `castle.png`, or `castle-03.png` of many."""
    if count == 1:
        return path
    width = max(2, len(str(count)))
    return path.with_name(f"{path.stem}-{index + 1:0{width}}{path.suffix}")


def check_target(path: Path, suffixes: Sequence[str]) -> None:
    """Raises PipelineError("bad_path") unless a file with one of `suffixes` can be put there."""
    if path.suffix.lower() not in suffixes:
        kinds = " or ".join(suffix.removeprefix(".").upper() for suffix in suffixes)
        raise PipelineError(
            "bad_path", f"“{path.name}” is no {kinds} file.", f"Let the name end in {suffixes[0]}."
        )
    if not path.parent.is_dir():
        raise PipelineError("bad_path", f"There is no folder “{path.parent}”.", "Make it first.")
