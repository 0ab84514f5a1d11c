"""The log file: what happened, for the person who asks why."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)-8s %(threadName)s %(name)s: %(message)s"
_BYTES = 1_000_000
_BACKUPS = 3
_TAIL_BYTES = 256_000


def start_log(path: Path, level: int = logging.INFO) -> logging.Handler:
    """Sends everything that is logged, and Python's warnings, to `path`.

    At most 4 MB are kept, in `path` and three older files. For the one process that has the
    window: two that rotate the same file lose lines. Raises OSError when the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=_BYTES, backupCount=_BACKUPS, encoding="utf-8", errors="backslashreplace"
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(True)
    return handler


def log_tail(path: Path, lines: int = 100) -> str:
    """The last `lines` lines of a log, "" when there is none; of a very long end only a part."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
