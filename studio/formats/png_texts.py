"""Texts inside a PNG file, read, taken out and put in without touching its pixels.

The chunks are those of PNG (Third Edition), 11.3.3: tEXt, zTXt and iTXt.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from studio.formats.imported_bible import UnreadableError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_TEXT = 24 * 2**20  # bytes, inflated: 16 MiB of JSON in base64, and room

_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


@dataclass(frozen=True, slots=True)
class TextChunk:
    """One text as it lies in the file; `body` is what follows its keyword."""

    kind: bytes
    body: bytes

    def text(self) -> str:
        """Raises UnreadableError for damage and for more than LARGEST_TEXT bytes."""
        if self.kind == b"tEXt":
            packed, data = False, self.body
        elif self.kind == b"zTXt":
            packed, data = True, self.body[1:]
        else:
            packed, data = self.body[:1] == b"\1", self.body[2:].split(b"\0", 2)[-1]
        if packed:
            data = _inflate(data)
        if len(data) > LARGEST_TEXT:
            raise UnreadableError("holds a text that is too long")
        return data.decode("utf-8", "replace")


def find_texts(png: bytes, keywords: Collection[str]) -> dict[str, TextChunk]:
    """The last text chunk of each keyword; a file that ends early is read as far as it goes."""
    found = {}
    for kind, start, end in _chunks(png):
        keyword, body = _keyword(png, kind, start, end)
        if keyword in keywords:
            found[keyword] = TextChunk(kind, body)
    return found


def without_texts(png: bytes, keywords: Collection[str]) -> bytes:
    """The same file without the texts of these keywords, and without what follows its end."""
    kept = [SIGNATURE]
    for kind, start, end in _chunks(png):
        if _keyword(png, kind, start, end)[0] not in keywords:
            kept.append(png[start:end])
    return b"".join(kept)


def with_texts(png: bytes, texts: Mapping[str, str]) -> bytes:
    """The same file with tEXt chunks before its end; keywords and texts are ASCII.

    Raises UnreadableError for a file that has no end.
    """
    for kind, start, _end in _chunks(png):
        if kind == b"IEND":
            new = b"".join(_text_chunk(key, text) for key, text in texts.items())
            return png[:start] + new + png[start:]
    raise UnreadableError("is a damaged picture")


def _chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of every whole chunk up to IEND."""
    at = len(SIGNATURE)
    while at + 12 <= len(png):
        (size,) = struct.unpack_from(">I", png, at)
        kind, end = png[at + 4 : at + 8], at + 12 + size
        if end > len(png):
            return
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end


def _keyword(png: bytes, kind: bytes, start: int, end: int) -> tuple[str, bytes]:
    if kind not in _TEXTS:
        return "", b""
    keyword, _, body = png[start + 8 : end - 4].partition(b"\0")
    return keyword.decode("latin-1"), body


def _text_chunk(keyword: str, text: str) -> bytes:
    body = b"tEXt" + keyword.encode("ascii") + b"\0" + text.encode("ascii")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST_TEXT + 1)
    except zlib.error as error:
        raise UnreadableError("holds a damaged text") from error
