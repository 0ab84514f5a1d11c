"""Entries of the library as the wall, the zoom and the inspector show them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from studio.library_index import index_name
from studio.panels.library.wording import folder, number, pixels, say
from studio.plain_facts import megabytes, moment
from studio.prompt_title import title_of, typed_prompt
from studio.widgets.picture_item import PictureItem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.library import Entry


def item_of(library: Path, entry: Entry) -> PictureItem:
    """The cell of an entry; its key is what the index of the library in that folder calls it."""
    title = title_of_entry(entry)
    name = say("{title}, {when}").format(title=title, when=moment(entry.made))
    return PictureItem(
        key=index_name(library, entry.path),
        width=max(1, entry.width),
        height=max(1, entry.height),
        name=say("{name}, kept").format(name=name) if entry.kept else name,
        path=str(entry.path),
        caption=title,
        note=say("Not here now") if entry.missing else "",
        starred=entry.kept,
    )


def title_of_entry(entry: Entry) -> str:
    """The prompt's first phrase, or the file's name."""
    return title_of(typed_prompt(entry.settings) or entry.prompt) or entry.path.stem


def place_rows(entry: Entry, uses: Sequence[str]) -> list[tuple[str, str]]:
    """Where a picture of an added folder lies, and where the project uses it."""
    rows = [
        (say("Folder"), folder(PurePath(entry.source), entry.missing) if entry.source else ""),
        (say("Used in"), ", ".join(uses)),
    ]
    return [(name, value) for name, value in rows if value]


def facts_of(entry: Entry, chosen: int) -> str:
    """ "Made today 18:04 · 1216 × 832 · PNG 1.6 MB", with how many are chosen if several are."""
    parts = [
        say("Made {when}").format(when=moment(entry.made)),
        pixels(entry.width, entry.height),
        _file_facts(entry.path),
    ]
    if chosen > 1:
        parts.insert(0, say("One of {n} chosen").format(n=number(chosen)))
    return " · ".join(parts)


def _file_facts(path: Path) -> str:
    kind = path.suffix.removeprefix(".").upper()
    try:
        return f"{kind} {megabytes(path.stat().st_size)}"
    except OSError:
        return say("the file is gone")
