"""Pictures and other files inside a project, named by what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studio.document.errors import ProjectError, explained

LARGEST_ASSET = 256 * 1024 * 1024
"""Bytes."""

_MEDIA = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.ASCII)
_HASH = re.compile(r"(?=([0-9a-f]{64}))", re.ASCII)
_UNKNOWN = "application/octet-stream"
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/mpeg": ".mp3",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}
_OTHER_SUFFIX = ".bin"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's bytes; `hash` is their SHA-256 in 64 lowercase hexadecimal digits."""

    hash: str
    media: str
    data: bytes

    @classmethod
    def from_bytes(cls, data: bytes, media: str = "") -> Asset:
        """Without `media` (as "image/png") its first bytes tell. Raises ProjectError."""
        if len(data) > LARGEST_ASSET:
            raise _too_large("This")
        media = media or sniff(data)
        if not _MEDIA.fullmatch(media):
            raise ProjectError("bad_asset", f"“{media}” is no media type.")
        return cls(hashlib.sha256(data).hexdigest(), media, data)

    @classmethod
    def from_path(cls, path: Path, media: str = "") -> Asset:
        """Reads at most the allowed size, whatever the file system says. Raises ProjectError."""
        with explained(f"“{path.name}” could not be read"), path.open("rb") as file:
            data = file.read(LARGEST_ASSET + 1)
        if len(data) > LARGEST_ASSET:
            raise _too_large(f"“{path.name}”")
        return cls.from_bytes(data, media)


def sniff(data: bytes) -> str:
    """The media type by the first bytes, never by a name."""
    if data.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12], _UNKNOWN)
    for start, media in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"ID3", "audio/mpeg"),
        (b"%PDF-", "application/pdf"),
    ):
        if data.startswith(start):
            return media
    return _UNKNOWN


def suffix_of(media: str) -> str:
    """What the name of a file of that media type ends in, with its dot."""
    return _SUFFIXES.get(media, _OTHER_SUFFIX)


def references(texts: Iterable[str]) -> set[str]:
    """Everything in documents that could be the hash of an asset.

    It is looked for in the text, because documents of unknown kinds refer to assets too.
    """
    return {found for text in texts for found in _HASH.findall(text)}


def _too_large(what: str) -> ProjectError:
    limit = LARGEST_ASSET // 1024**2
    return ProjectError("too_large", f"{what} is larger than {limit} MB.", "Use a smaller file.")
