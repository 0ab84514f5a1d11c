"""Character cards as files: PNG, JSON and CHARX are read, PNG and JSON are written.

What is read is data: nothing is fetched, run or obeyed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from studio.document.bible.entry import Entry, Reference
from studio.document.documents import write_json_text
from studio.formats.bounded_json import LARGEST_JSON, parse_json
from studio.formats.bounded_zip import BoundedZip, opened_zip
from studio.formats.card_data import V2_SPEC, V2_VERSION, card_object, find_card
from studio.formats.card_mapping import read_card, write_card
from studio.formats.card_pictures import PLAIN_MARK, as_png, picture_asset, plain_png
from studio.formats.imported_bible import ImportedBible, UnreadableError
from studio.formats.loose import loose_name, loose_text
from studio.formats.png_texts import find_texts, with_texts, without_texts

if TYPE_CHECKING:
    from studio.document.assets import Asset

LARGEST_PICTURE = 64 * 2**20  # bytes of one picture in an archive
MOST_PICTURES = 500

_V3_KEY, _V2_KEY = "ccv3", "chara"
_KEYS = (_V3_KEY, _V2_KEY)  # the first that can be read counts
_ARCHIVED = ("embeded://", "embedded://")  # the first is how the specification spells it
_MAIN = "main"  # name of the asset that stands for the character


def read_png_card(png: bytes, check: Callable[[], None]) -> ImportedBible:
    """The card in a picture, and the picture without it. Raises UnreadableError.

    V3 wins over V2; where it is damaged, V2 is read and a note says so.
    """
    chunks = find_texts(png, _KEYS)
    damage: UnreadableError | None = None
    for key in _KEYS:
        if key not in chunks:
            continue
        try:
            card = find_card(parse_json(_json_of(chunks[key].text())))
        except UnreadableError as error:
            damage = damage or error
            continue
        bible = read_card(card, check)
        notes: tuple[str, ...] = ()
        if damage is not None:
            notes = ("Its newer card is damaged: the older one was read.",)
        plain = bool(find_texts(png, (PLAIN_MARK,)))
        asset = None if plain else picture_asset(without_texts(png, _KEYS))
        if asset is None and not plain:
            notes += ("The picture itself is damaged or too large: it was left out.",)
        pictures = [] if asset is None else [(asset, "")]
        return _with_pictures(bible, pictures, (*notes, *_without_files(card.data)))
    raise damage or UnreadableError("is a picture without a character card")


def read_json_card(value: object, check: Callable[[], None]) -> ImportedBible:
    """The card of a JSON value. Raises UnreadableError."""
    card = find_card(value)
    return _with_pictures(read_card(card, check), (), _without_files(card.data))


def read_charx(file: IO[bytes], check: Callable[[], None]) -> ImportedBible:
    """The card of an archive with the pictures that lie in it. Raises UnreadableError."""
    with opened_zip(file) as archive:
        text = archive.read("card.json", LARGEST_JSON)
        if text is None:
            raise UnreadableError("is an archive without a character card")
        card = find_card(parse_json(text))
        bible = read_card(card, check)
        pictures: list[tuple[Asset, str]] = []
        left_out = 0
        for name, caption in _archived(card.data):
            check()
            asset = _archived_picture(archive, name)
            if asset is None or len(pictures) == MOST_PICTURES:
                left_out += 1
            else:
                pictures.append((asset, caption))
    notes = _elsewhere(card.data)
    if left_out:
        notes += (f"{left_out:,} of its files are no pictures that can be used: left out.",)
    return _with_pictures(bible, pictures, notes)


def write_png_card(character: Entry, lore: Iterable[Entry], portrait: bytes | None) -> bytes:
    """A PNG with the card as V3 and, for older programs, as V2.

    `portrait` is a PNG, JPEG or WebP file; without one, or with one that cannot be read, the
    picture is a plain one.
    """
    card = write_card(character, lore)
    picture = (as_png(portrait) if portrait else None) or plain_png()
    new = card_object(card)
    old = {**new, "spec": V2_SPEC, "spec_version": V2_VERSION}
    texts = {_V2_KEY: _base64(old), _V3_KEY: _base64(new)}
    try:
        return with_texts(without_texts(picture, _KEYS), texts)
    except UnreadableError:
        return with_texts(plain_png(), texts)


def write_json_card(character: Entry, lore: Iterable[Entry]) -> bytes:
    """A JSON file with the card as V3."""
    return (write_json_text(card_object(write_card(character, lore)), indent=2) + "\n").encode()


def _json_of(text: str) -> bytes | str:
    """Cards lie in base64; some programs write them as they are."""
    stripped = text.strip()
    if stripped.startswith("{"):
        return stripped
    try:
        return base64.b64decode(stripped)
    except (binascii.Error, ValueError) as error:
        raise UnreadableError("holds a damaged character card") from error


def _base64(value: object) -> str:
    return base64.b64encode(write_json_text(value).encode()).decode("ascii")


def _assets(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where each asset of a card lies, and its caption; the one for its portrait comes first."""
    assets = data.get("assets")
    good = [item for item in assets if isinstance(item, dict)] if isinstance(assets, list) else []

    def rank(item: dict[str, Any]) -> tuple[bool, bool]:
        return item.get("type") != "icon", item.get("name") != _MAIN

    for item in sorted(good, key=rank):
        yield loose_text(item.get("uri")), loose_name(item.get("name"))


def _archived(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for uri, caption in _assets(data):
        for scheme in _ARCHIVED:
            if uri.startswith(scheme):
                yield uri.removeprefix(scheme), "" if caption == _MAIN else caption


def _archived_picture(archive: BoundedZip, name: str) -> Asset | None:
    data = archive.read(name, LARGEST_PICTURE)
    return None if data is None else picture_asset(data)


def _elsewhere(data: dict[str, Any]) -> tuple[str, ...]:
    there = sum(
        bool(uri) and not uri.startswith((*_ARCHIVED, "ccdefault:")) for uri, _ in _assets(data)
    )
    return (f"{there:,} of its files lie elsewhere: nothing was fetched.",) if there else ()


def _without_files(data: dict[str, Any]) -> tuple[str, ...]:
    """Notes on assets for a file that is no archive."""
    missing = sum(1 for _ in _archived(data))
    notes = _elsewhere(data)
    if missing:
        notes += (f"{missing:,} of its files are not in it: they were left behind elsewhere.",)
    return notes


def _with_pictures(
    bible: ImportedBible, pictures: Iterable[tuple[Asset, str]], notes: Iterable[str]
) -> ImportedBible:
    assets = {asset.hash: asset for asset, _ in pictures}
    character, *lore = bible.entries
    references = tuple(Reference(asset.hash, caption) for asset, caption in pictures)
    portrait = references[0].asset if references else ""
    character = replace(character, references=references, portrait=portrait)
    return ImportedBible((character, *lore), tuple(assets.values()), (*bible.notes, *notes))
