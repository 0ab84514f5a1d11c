"""Fountain files as text."""

from __future__ import annotations

import codecs
from pathlib import Path

from pipelines.api import PipelineError

LARGEST_SCRIPT = 32 * 2**20
"""Bytes; a long novel has three million."""

_HINT = "Choose a Fountain file, saved as UTF-8."


def read_script_text(path: Path) -> str:
    """The text with its line ends and its BOM as they are, from UTF-8 or UTF-16 with a BOM.

    Raises PipelineError("bad_script") with a sentence for a file that cannot be read or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_SCRIPT + 1)
    except FileNotFoundError as error:
        raise PipelineError("bad_script", f"“{path.name}” is not there.", _HINT) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise PipelineError(
            "bad_script", f"“{path}” cannot be read: {reason or error}.", _HINT
        ) from error
    if len(data) > LARGEST_SCRIPT:
        raise PipelineError(
            "bad_script", f"“{path.name}” is larger than {LARGEST_SCRIPT // 2**20} MB.", _HINT
        )
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PipelineError(
            "bad_script", f"“{path.name}” is no UTF-8 text: line {line} is not.", _HINT
        ) from error
    if "\0" in text:
        raise PipelineError("bad_script", f"“{path.name}” is no text file.", _HINT)
    return text
