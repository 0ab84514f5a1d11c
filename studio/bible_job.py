"""Writing entries of the bible for other programs as a job, away from the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.atomic import write_bytes
from studio.cli.outputs import free_name
from studio.document.errors import ProjectError
from studio.formats.bible_markdown import write_bible_folder
from studio.formats.card_mapping import lore_of
from studio.formats.character_card import write_json_card, write_png_card
from studio.formats.lorebook import BookShape, write_lorebook
from studio.library_files import slug

if TYPE_CHECKING:
    from pipelines.api import JobContext
    from studio.document.assets import Asset
    from studio.document.bible.entry import Entry


class ExportKind(StrEnum):
    """What is written."""

    CARD_PNG = "png"
    CARD_JSON = "json"
    LOREBOOK = "lorebook"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Markdown goes into the folder `path`, and so do cards of several characters; else it is a
    file. `assets` are the entries' pictures by hash.

    `known` are all entries of the bible: a character's card takes the lore along that came with it.
    """

    kind: ExportKind
    path: Path
    entries: tuple[Entry, ...]
    assets: Mapping[str, Asset]
    known: tuple[Entry, ...] = ()


def export_bible(request: ExportRequest, ctx: JobContext) -> tuple[Path, ...]:
    """Writes the entries and returns the files.

    A file that was named is replaced; in a folder nothing is. Raises PipelineError where the disk
    refuses.
    """
    try:
        return _export(request, ctx)
    except ProjectError as error:
        hint = "Choose an empty folder." if error.code == "bad_folder" else error.hint
        raise PipelineError("not_written", str(error), hint) from error
    except OSError as error:
        raise PipelineError(
            "not_written",
            f"“{request.path.name}” could not be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error


def _export(request: ExportRequest, ctx: JobContext) -> tuple[Path, ...]:
    match request.kind:
        case ExportKind.FOLDER:
            names = write_bible_folder(request.path, request.entries, request.assets)
            return tuple(request.path / name for name in names)
        case ExportKind.LOREBOOK:
            write_bytes(request.path, write_lorebook(request.entries, BookShape.V3))
            return (request.path,)
    if len(request.entries) == 1:
        write_bytes(request.path, _card(request, request.entries[0]))
        return (request.path,)
    written = []
    for character in request.entries:
        ctx.check()
        name = f"{slug(character.name, 'character')}.{request.kind}"
        written.append(free_name(request.path / name))
        write_bytes(written[-1], _card(request, character))
    return tuple(written)


def _card(request: ExportRequest, character: Entry) -> bytes:
    lore = lore_of(character, request.known)
    if request.kind is ExportKind.CARD_JSON:
        return write_json_card(character, lore)
    portrait = request.assets.get(character.portrait)
    return write_png_card(character, lore, portrait.data if portrait else None)
