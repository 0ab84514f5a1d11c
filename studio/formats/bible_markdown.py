"""The bible as a folder of Markdown files, one for each entry, with its pictures beside it.

`characters/mara.md`, `characters/mara-1.png`: what Obsidian and every text editor can work with.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.atomic import write_bytes
from studio.document.assets import Asset, suffix_of
from studio.document.bible.entry import Entry, new_id
from studio.document.documents import write_json_text
from studio.document.errors import ProjectError
from studio.document.export import DEVICE_NAME
from studio.document.whole_folder import whole_folder
from studio.formats.bounded_json import DEEPEST_JSON, LARGEST_JSON, parse_json
from studio.formats.card_pictures import picture_asset
from studio.formats.character_card import LARGEST_PICTURE
from studio.formats.front_matter import FrontMatterError
from studio.formats.imported_bible import ImportedBible, UnreadableError
from studio.formats.markdown_entry import FOLDERS, read_entry, split_extras, write_entry
from studio.library_files import slug

LARGEST_MARKDOWN = 4 * 2**20  # bytes of one file
MOST_FILES = 20_000
SUFFIX = ".md"


def write_bible_folder(
    folder: Path, entries: Iterable[Entry], assets: Mapping[str, Asset], *, force: bool = False
) -> tuple[str, ...]:
    """Writes the folder whole or not at all and returns its files, as paths below it.

    `assets` are the pictures by hash; those that are missing are named by their hash only. `force`
    and errors: `whole_folder`.
    """
    with whole_folder(folder, force=force) as part:
        for entry, name in _named(entries):
            place, stem = part / FOLDERS[entry.kind], name
            place.mkdir(exist_ok=True)
            files: dict[str, str] = {}
            for hash_ in dict.fromkeys((*(r.asset for r in entry.references), entry.portrait)):
                if hash_ in assets:
                    asset = assets[hash_]
                    files[hash_] = f"{stem}-{len(files) + 1}{suffix_of(asset.media)}"
                    write_bytes(place / files[hash_], asset.data)
            _, other = split_extras(entry.extras)
            data = f"{stem}.json" if other else ""
            text = write_entry(entry, files, data).encode()
            other_text = (write_json_text(other, indent=2) + "\n").encode()
            if len(text) > LARGEST_MARKDOWN or len(other_text) > LARGEST_JSON:
                raise ProjectError(
                    "too_large",
                    f"“{entry.name[:60]}” is too large for a Markdown file.",
                    "Divide it into several entries.",
                )
            if other:
                write_bytes(place / data, other_text)
            write_bytes(place / f"{stem}{SUFFIX}", text)
        return tuple(
            file.relative_to(part).as_posix() for file in sorted(part.rglob("*")) if file.is_file()
        )


def read_bible_folder(folder: Path, check: Callable[[], None]) -> ImportedBible:
    """Every Markdown file below a folder, except in hidden ones.

    Ids are kept, so that a folder that was written and edited changes its entries; a second file
    with the same id becomes a new entry. A file that cannot be read gives a note. `check` is called
    at each file and may raise. Raises UnreadableError for more than MOST_FILES, and where there is
    no Markdown file.
    """
    paths = _markdown_below(folder)
    if not paths:
        raise UnreadableError("is a folder without Markdown files")
    reading = _FolderReading(folder)
    for path in paths:
        check()
        reading.read(path)
    return reading.bible()


def read_markdown_file(path: Path) -> ImportedBible:
    """One Markdown file with the pictures beside it. Raises UnreadableError."""
    reading = _FolderReading(path.parent)
    reading.read(path)
    bible = reading.bible()
    if not bible.entries:
        raise UnreadableError(f"cannot be read: {' '.join(bible.notes).rstrip('.')}")
    return bible


class _FolderReading:
    """What was read of a folder so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, Entry] = {}
        self._assets: dict[str, Asset] = {}
        self._notes: list[str] = []

    def bible(self) -> ImportedBible:
        return ImportedBible(
            tuple(self._entries.values()), tuple(self._assets.values()), tuple(self._notes)
        )

    def read(self, path: Path) -> None:
        """Adds a file's entry, or a note."""
        name = path.relative_to(self._folder).as_posix()
        try:
            text = self._bytes(path, LARGEST_MARKDOWN).decode("utf-8-sig")
            found = read_entry(text, path.stem, path.parent.name, lambda n: self._hash(path, n))
            entry = found.entry
            if found.data:
                entry = replace(entry, extras=entry.extras | self._data(path, found.data))
        except FrontMatterError as error:
            self._notes.append(f"“{name}”, line {error.line}: {error}. It was left out.")
            return
        except UnicodeDecodeError:
            self._notes.append(f"“{name}” is not in UTF-8. It was left out.")
            return
        except UnreadableError as error:
            self._notes.append(f"“{name}” {error}. It was left out.")
            return
        self._notes += [f"“{name}”, line {line}: {what}." for line, what in found.notes]
        if entry.id in self._entries:
            self._notes.append(f"“{name}” has the id of another file: it is a new entry.")
            entry = replace(entry, id=new_id())
        self._entries[entry.id] = entry

    def _data(self, path: Path, name: str) -> dict[str, object]:
        # What was read of a stranger lies some levels deeper in it.
        data = parse_json(self._bytes(self._beside(path, name), LARGEST_JSON), 2 * DEEPEST_JSON)
        if not isinstance(data, dict):
            raise UnreadableError(f"has a file “{name}” that holds no members")
        return data

    def _hash(self, path: Path, name: str) -> str | None:
        try:
            asset = picture_asset(self._bytes(self._beside(path, name), LARGEST_PICTURE))
        except UnreadableError:
            return None
        if asset is None:
            return None
        self._assets[asset.hash] = asset
        return asset.hash

    def _beside(self, path: Path, name: str) -> Path:
        """A file by the name that a stranger's file gives it: only in the very same folder."""
        if not name.isprintable() or any(sign in name for sign in "/\\:"):
            raise UnreadableError("names a file that does not lie beside it")
        return path.parent / name

    def _bytes(self, path: Path, limit: int) -> bytes:
        """A file's bytes; links that lead out of the folder are no files of it."""
        try:
            real = Path(os.path.realpath(path))
            inside = real.is_relative_to(os.path.realpath(self._folder))
            if not inside or not stat.S_ISREG(real.stat().st_mode):
                raise UnreadableError(f"needs “{path.name}”, which is no file in the folder")
            with real.open("rb") as file:
                data = file.read(limit + 1)
        except (OSError, ValueError) as error:
            if isinstance(error, UnreadableError):
                raise
            raise UnreadableError(f"needs “{path.name}”, which cannot be read") from error
        if len(data) > limit:
            raise UnreadableError(f"is larger than {limit // 2**20} MB")
        return data


def _markdown_below(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(SUFFIX):
                found.append(Path(place, name))
        if len(found) > MOST_FILES:
            raise UnreadableError(f"is a folder of more than {MOST_FILES:,} Markdown files")
    return found


def _named(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """For each entry the stem of its file, which others that come and go do not change.

    Entries of one folder and one name are told apart by their ids.
    """
    entries = tuple(entries)
    stems = [_stem(entry) for entry in entries]
    places = [(entry.kind, stem) for entry, stem in zip(entries, stems, strict=True)]
    return [
        (entry, stem if places.count(place) == 1 else f"{stem}-{_short(entry.id)}")
        for entry, stem, place in zip(entries, stems, places, strict=True)
    ]


def _stem(entry: Entry) -> str:
    stem = slug(entry.name, entry.kind.value)
    return f"{stem}-" if DEVICE_NAME.fullmatch(stem) else stem


def _short(id_: str) -> str:
    return hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:12]
