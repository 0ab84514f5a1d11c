"""One front for every file that holds a story, by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.document.dialogue.expression import ExpressionError
from studio.document.dialogue.script_error import ScriptError
from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.script_writer import write_script
from studio.document.dialogue.story_json import read_story, story_from_text, story_to_text
from studio.document.errors import ProjectError, explained
from studio.document.project_file import opened, read_documents
from studio.formats.dialogue_export import Exported, Imported, UnreadableStoryError
from studio.formats.yarn_reader import read_yarn
from studio.formats.yarn_writer import write_yarn

if TYPE_CHECKING:
    from studio.document.dialogue.story import Story

LARGEST = 32 * 2**20
"""Bytes of a file with a story."""

PROJECT_SUFFIX = ".fabula"


@dataclass(frozen=True, slots=True)
class StoryFormat:
    """A way to write a story down; `read` is None where it cannot be read again."""

    suffix: str
    write: Callable[[Story], Exported]
    read: Callable[[str], Imported] | None = None


FORMATS: Mapping[str, StoryFormat] = {
    "script": StoryFormat(
        ".script",
        lambda story: Exported(write_script(story, ids=True)),
        lambda text: Imported(parse_script(text)),
    ),
    "json": StoryFormat(
        ".json",
        lambda story: Exported(story_to_text(story)),
        lambda text: Imported(story_from_text(text)),
    ),
    "yarn": StoryFormat(".yarn", write_yarn, read_yarn),
    "yarn3": StoryFormat(".yarn", lambda story: write_yarn(story, yarn3=True)),
}
"""By the name that the command line has for each."""


def read_story_file(path: Path) -> Imported:
    """The story of a project or of a file in one of FORMATS.

    Raises ProjectError, with the line and column where the file is at fault.
    """
    if path.suffix.lower() == PROJECT_SUFFIX:
        with opened(path) as db:
            return Imported(read_story(read_documents(db).values()))
    suffix = path.suffix.lower()
    readers = (each.read for each in FORMATS.values() if each.suffix == suffix)
    read = next(filter(None, readers), None)
    if read is None:
        known = ", ".join(sorted({PROJECT_SUFFIX, *(each.suffix for each in FORMATS.values())}))
        raise ProjectError("bad_story", f"“{path.name}” is no story.", f"Known are {known}.")
    with explained(f"“{path.name}” could not be read"):
        if path.stat().st_size > LARGEST:
            raise ProjectError("too_large", f"“{path.name}” is larger than any story.")
        data = path.read_bytes()
    try:
        return read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProjectError("bad_story", f"“{path.name}”, line {line}: this is no UTF-8.") from error
    except (ScriptError, UnreadableStoryError) as error:
        raise ProjectError("bad_story", f"“{path.name}”: {error}") from error


def write_story(story: Story, format_: str) -> Exported:
    """The story in the format of that name.

    Raises ProjectError where an expression of it means nothing: the validator says where.
    """
    try:
        return FORMATS[format_].write(story)
    except ExpressionError as error:
        raise ProjectError(
            "bad_story",
            f"An expression means nothing: {error.reason}.",
            "“fabula dialogue check” says where.",
        ) from error
