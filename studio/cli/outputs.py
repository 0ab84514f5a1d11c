"""Where the command line writes: the names of results, and putting them there."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from typing import TYPE_CHECKING

from pipelines import atomic

if TYPE_CHECKING:
    from pathlib import Path


def slug(text: str, longest: int = 40) -> str:
    """A file name of the words of `text`; "picture" if there is none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[^\w]+", "-", plain, flags=re.UNICODE).strip("-_")
    return words[:longest].rstrip("-") or "picture"


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


def move_whole(source: Path, target: Path) -> None:
    """Moves a file so that `target` is the old file or the whole new one. Raises OSError."""
    try:
        os.replace(source, target)
    except OSError:  # another file system
        beside = atomic.temporary_beside(target)
        try:
            shutil.copyfile(source, beside)
            atomic.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
