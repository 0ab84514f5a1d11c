"""One front for every file that holds entries of a bible, whatever its name says it is."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from studio.formats.bible_markdown import SUFFIX, read_bible_folder, read_markdown_file
from studio.formats.bounded_json import LARGEST_JSON, parse_json
from studio.formats.card_data import is_card
from studio.formats.character_card import read_charx, read_json_card, read_png_card
from studio.formats.imported_bible import ImportedBible, UnreadableError
from studio.formats.lorebook import read_lorebook, shape_of
from studio.formats.png_texts import SIGNATURE

if TYPE_CHECKING:
    from pipelines.api import JobContext

LARGEST_PNG = 128 * 2**20  # bytes
LARGEST_CHARX = 512 * 2**20  # bytes

_ZIP = (b"PK\3\4", b"PK\5\6")
_HINT = "Choose a character card (PNG, JSON or CHARX), a lorebook (JSON) or Markdown files."


class BibleFormat(StrEnum):
    """What a file or a folder is by its first bytes; Markdown by its suffix."""

    PNG = "png"
    CHARX = "charx"
    JSON = "json"
    MARKDOWN = "markdown"
    FOLDER = "folder"


def recognise(path: Path) -> BibleFormat | None:
    """What a path wants to be; None for what can hold no entries. Raises OSError."""
    try:
        mode = path.stat().st_mode
    except ValueError:  # NUL in its name
        return None
    if stat.S_ISDIR(mode):
        return BibleFormat.FOLDER
    if not stat.S_ISREG(mode):  # reading from a pipe could wait for ever
        return None
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(SIGNATURE):
        return BibleFormat.PNG
    if head.startswith(_ZIP):
        return BibleFormat.CHARX
    if path.suffix.lower() == SUFFIX:
        return BibleFormat.MARKDOWN
    start = head.decode(json.detect_encoding(head), "ignore").lstrip("\ufeff \t\r\n")
    return BibleFormat.JSON if start.startswith("{") else None


def read_bible_file(request: Path, ctx: JobContext) -> ImportedBible:
    """`read_bible` as a job."""
    return read_bible(request, ctx.check)


def read_bible(path: Path, check: Callable[[], None] = lambda: None) -> ImportedBible:
    """The entries of a character card, a lorebook or Markdown files.

    Those of cards and books have new ids, those of Markdown files their own. `check` is called
    between the parts and may raise. Raises PipelineError "bad_bible_file" with a sentence about
    everything that cannot be read.
    """
    try:
        return _read(path, check)
    except UnreadableError as error:
        raise PipelineError("bad_bible_file", f"“{path.name}” {error}.", _HINT) from error
    except FileNotFoundError as error:
        raise PipelineError("bad_bible_file", f"“{path.name}” is not there.", _HINT) from error
    except OSError as error:
        raise PipelineError(
            "bad_bible_file", f"“{path.name}” cannot be read: {error.strerror or error}.", _HINT
        ) from error


def _read(path: Path, check: Callable[[], None]) -> ImportedBible:
    match recognise(path):
        case BibleFormat.FOLDER:
            return read_bible_folder(path, check)
        case BibleFormat.MARKDOWN:
            return read_markdown_file(path)
        case BibleFormat.PNG:
            return read_png_card(_bytes(path, LARGEST_PNG), check)
        case BibleFormat.CHARX:
            if path.stat().st_size > LARGEST_CHARX:
                raise _too_large(LARGEST_CHARX)
            with path.open("rb") as file:
                return read_charx(file, check)
        case BibleFormat.JSON:
            value = parse_json(_bytes(path, LARGEST_JSON))
            if shape_of(value) is not None:
                return read_lorebook(value, check)
            if is_card(value):
                return read_json_card(value, check)
            raise UnreadableError("holds neither a character card nor a lorebook")
        case None:
            raise UnreadableError("is no file that characters or lore could be in")


def _bytes(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _too_large(limit: int) -> UnreadableError:
    return UnreadableError(f"is larger than {limit // 2**20} MB")
