"""What can be filtered by, as the index has it."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from studio.panels.library import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.library import Library

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, what the person reads, and how many pictures have it."""

    value: str
    title: str
    pictures: int


class Choices:
    """Asked anew whenever a menu opens; what cannot be read is not there."""

    def __init__(self, library: Library, title_of_model: Callable[[str], str]) -> None:
        self._library, self._title_of_model = library, title_of_model

    def models(self) -> list[Choice]:
        found = _read(self._library.models)
        return [Choice(name, self.title_of_model(name), pictures) for name, pictures in found]

    def collections(self) -> list[Choice]:
        found = _read(self._library.marks.collections)
        return [Choice(each.id, each.name, each.pictures) for each in found]

    def folders(self) -> list[Choice]:
        """The folders that were added, by the end of their name."""
        found = _read(self._library.folders)
        return [
            Choice(each.path.as_posix(), wording.folder(each.path, each.missing), each.pictures)
            for each in found
        ]

    def tools(self) -> list[Choice]:
        found = _read(self._library.tools)
        return [Choice(name, wording.tool(name), pictures) for name, pictures in found]

    def title_of_model(self, name: str) -> str:
        return self._title_of_model(name)

    def title_of_collection(self, collection: str) -> str:
        try:
            return self._library.marks.name_of(collection)
        except (LookupError, sqlite3.Error):
            return wording.say("A collection that is gone")


def _read(question: Callable[[], list[T]]) -> list[T]:
    try:
        return question()
    except sqlite3.Error:
        _log.warning("the library's index could not be read", exc_info=True)
        return []
