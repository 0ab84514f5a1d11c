"""One entry of the bible as a Markdown file that people can edit, and back."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.limits import MAX_SEED
from studio.document.bible.entry import (
    Entry,
    EntryKind,
    LoraUse,
    Reference,
    Relation,
    Voice,
    new_id,
)
from studio.formats.front_matter import Head, join, read_head, split
from studio.formats.loose import unique

FOLDERS = {
    EntryKind.CHARACTER: "characters",
    EntryKind.PLACE: "places",
    EntryKind.LOOK: "looks",
    EntryKind.PROP: "props",
    EntryKind.LORE: "lore",
}
LONGEST_ID = 64

_KNOWN = frozenset(
    {
        "id", "kind", "name", "aliases", "summary", "tags", "keywords", "always_on", "prompt",
        "negative", "pictures", "portrait", "seed", "loras", "voice", "relations", "order",
        "enabled", "data", "text",
    }
)  # fmt: skip
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_HASH = re.compile("[0-9a-f]{64}")
_HEADING = re.compile(r"#[ \t]+(\S.*)")


@dataclass(frozen=True, slots=True)
class EntryFile:
    """What a file says: the entry, the name of its file of other data or "", and notes.

    `notes` are (line from 1, what is wrong there).
    """

    entry: Entry
    data: str
    notes: tuple[tuple[int, str], ...]


def write_entry(entry: Entry, files: Mapping[str, str], data: str) -> str:
    """The text of an entry's file.

    `files` are the names of picture files by asset hash, `data` is the name of the file with what
    `split_extras` puts aside, or "".
    """
    simple, _ = split_extras(entry.extras)
    pictures = [_picture(reference, files) for reference in entry.references]
    members: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind.value,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "summary": entry.summary,
        "tags": list(entry.tags),
        "keywords": list(entry.keywords),
        "always_on": entry.always_on,
        "prompt": entry.prompt,
        "negative": entry.negative,
        "pictures": pictures,
        "portrait": files.get(entry.portrait, entry.portrait),
        "loras": [{"path": lora.path, "weight": lora.weight} for lora in entry.loras],
        "voice": _voice(entry.voice),
        "relations": [{"to": relation.to, "text": relation.text} for relation in entry.relations],
        "data": data,
    }
    said = {name: value for name, value in members.items() if value or name in ("id", "name")}
    if entry.seed is not None:
        said["seed"] = entry.seed
    if not entry.enabled:
        said["enabled"] = False
    if entry.order:
        said["order"] = entry.order
    # Half characters are no UTF-8: YAML can escape them.
    broken = _HALF_CHARACTER.search(entry.text) is not None
    if broken:
        said["text"] = entry.text
    return join(said | simple, "" if broken else entry.text)


def split_extras(extras: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Extras that people can read and edit, and those that only programs can."""
    simple = {
        name: value
        for name, value in extras.items()
        if name and name not in _KNOWN and (_is_scalar(value) or _is_line(value))
    }
    return simple, {name: value for name, value in extras.items() if name not in simple}


def read_entry(
    text: str, stem: str, folder: str, picture: Callable[[str], str | None]
) -> EntryFile:
    """The entry of a file called `stem` in a folder called `folder`; both fill in what is missing.

    `picture` gives the asset hash of a picture file by its name, or None. Extras of the file of
    other data are not in it yet. Raises FrontMatterError for a head that cannot be read.
    """
    yaml_text, body = split(text)
    return _Reading(read_head(yaml_text), body, picture).entry_file(stem, folder)


class _Reading:
    """Members of a head, with a note for each that cannot be used."""

    def __init__(self, head: Head, body: str, picture: Callable[[str], str | None]) -> None:
        self._head, self._body, self._asset = head, body, picture
        self._notes: list[tuple[int, str]] = []

    def entry_file(self, stem: str, folder: str) -> EntryFile:
        references, portrait = self._pictures()
        typed = self._head.typed
        entry = Entry(
            id=self._id(),
            kind=self._kind(folder),
            name=self._text("name") if "name" in self._head.plain else self._title(stem),
            aliases=self._texts("aliases"),
            summary=self._text("summary"),
            text=self._text("text") if "text" in self._head.plain else self._body,
            tags=self._texts("tags"),
            keywords=self._texts("keywords"),
            always_on=self._text("always_on").casefold() in ("true", "yes", "on"),
            prompt=self._text("prompt"),
            negative=self._text("negative"),
            references=references,
            portrait=portrait,
            seed=self._seed(),
            loras=tuple(
                LoraUse(path, self._number("loras", item.get("weight", ""), 1.0))
                for item, path in self._objects("loras", "path")
            ),
            voice=self._voice(),
            relations=tuple(
                Relation(to, _string(item.get("text")))
                for item, to in self._objects("relations", "to")
            ),
            order=self._number("order", self._text("order"), 0.0),
            enabled=self._text("enabled").casefold() not in ("false", "no", "off"),
            extras={name: value for name, value in typed.items() if name not in _KNOWN},
        )
        return EntryFile(entry, self._text("data"), tuple(self._notes))

    def _note(self, member: str, what: str) -> None:
        self._notes.append((self._head.lines.get(member, 1), what))

    def _text(self, member: str) -> str:
        value = self._head.plain.get(member, "")
        if isinstance(value, str):
            return value
        self._note(member, f"“{member}” has to be a text")
        return ""

    def _texts(self, member: str) -> tuple[str, ...]:
        value = self._head.plain.get(member, [])
        if isinstance(value, str):  # as people write a list of one, or with commas
            return unique(item.strip() for item in value.split(","))
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._note(member, f"“{member}” has to be a list of texts")
        return ()

    def _objects(self, member: str, needed: str) -> Iterable[tuple[dict[str, Any], str]]:
        value = self._head.plain.get(member) or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get(needed), str):
                yield item, item[needed]
            else:
                self._note(member, f"every item of “{member}” has to have “{needed}”")

    def _number(self, member: str, text: object, otherwise: float) -> float:
        if text == "":
            return otherwise
        try:
            number = float(str(text))
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
        self._note(member, f"“{str(text)[:40]}” is no number")
        return otherwise

    def _seed(self) -> int | None:
        text = self._text("seed").strip()
        if text and text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= MAX_SEED:
            return int(text)
        if text:
            self._note("seed", f"a seed is a number from 0 to {MAX_SEED:,}")
        return None

    def _id(self) -> str:
        text = self._text("id")
        if 0 < len(text) <= LONGEST_ID and text.isprintable():
            return text
        if text:
            self._note("id", "this cannot be an id: it got a new one")
        return new_id()

    def _kind(self, folder: str) -> EntryKind:
        text = self._text("kind").strip().casefold()
        with contextlib.suppress(ValueError):
            return EntryKind(text)
        if text:
            self._note("kind", f"“{text[:40]}” is no kind of entry")
        by_folder = {name: kind for kind, name in FOLDERS.items()}
        return by_folder.get(folder.casefold(), EntryKind.LORE)

    def _title(self, stem: str) -> str:
        """The heading that the text begins with, or the name of the file."""
        heading = _HEADING.match(self._body.lstrip())
        return heading[1].strip() if heading else stem

    def _voice(self) -> Voice:
        value = self._head.plain.get("voice", {})
        if isinstance(value, str):
            return Voice(value)
        samples = value.get("samples", []) if isinstance(value, dict) else []
        notes = value.get("notes", "") if isinstance(value, dict) else None
        if isinstance(notes, str) and isinstance(samples, list):
            return Voice(notes, tuple(map(_string, samples)))
        self._note("voice", "“voice” has to have “notes” and a list “samples”")
        return Voice()

    def _pictures(self) -> tuple[tuple[Reference, ...], str]:
        value = self._head.plain.get("pictures") or []
        references = []
        for item in value if isinstance(value, list) else [value]:
            named = item if isinstance(item, dict) else {"file": item}
            if asset := self._picture(_string(named.get("file")), _string(named.get("asset"))):
                references.append(Reference(asset, _string(named.get("caption"))))
        name = self._text("portrait")
        if not name or _HASH.fullmatch(name):
            return tuple(references), name
        portrait = self._asset(name)
        if portrait is None:
            self._note("portrait", f"there is no picture “{name[:60]}” beside it")
        elif all(reference.asset != portrait for reference in references):
            references.insert(0, Reference(portrait))
        return tuple(references), portrait or ""

    def _picture(self, name: str, asset: str) -> str:
        found = self._asset(name) if name else None
        if found is None and _HASH.fullmatch(asset):
            return asset
        if found is None:
            self._note("pictures", f"there is no picture “{name[:60]}” beside it")
        return found or ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | bool | int | float) and value == value


def _is_line(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_scalar, value))


def _voice(voice: Voice) -> dict[str, Any]:
    said = {"notes": voice.notes, "samples": list(voice.samples)}
    return {name: value for name, value in said.items() if value}


def _picture(reference: Reference, files: Mapping[str, str]) -> dict[str, str]:
    name = files.get(reference.asset)
    place = {"asset": reference.asset} if name is None else {"file": name}
    return place | ({"caption": reference.caption} if reference.caption else {})
