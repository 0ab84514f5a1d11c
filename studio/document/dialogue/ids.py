"""Names that stay: of nodes and choices for the program, of lines for translators and actors."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_DIGITS = 5
_UNSAFE = re.compile(r"[^0-9A-Za-z]+")
CONVERSATION_ID = re.compile(r"[0-9A-Za-z_]{1,60}")
"""What a conversation's id looks like."""


def stable_id(seed: str, taken: Container[str], prefix: str = "n_") -> str:
    """A short id that no one has; the same for the same arguments, so that imports repeat."""
    number = 0
    while True:
        digest = hashlib.sha256(f"{number}\0{seed}".encode(errors="surrogatepass")).digest()
        found = prefix + "".join(_ALPHABET[byte % 32] for byte in digest[:_DIGITS])
        if found not in taken:
            return found
        number += 1


def slug(text: str, longest: int = 30) -> str:
    """Lower-case ASCII letters, digits and "_" that remind of `text`; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("_", plain).strip("_").lower()[:longest].rstrip("_")


def line_id(conversation: str, speaker: str, number: int) -> str:
    """As `harbor_mara_03`; `speaker` is a name, "" for the narrator and "choice" for choices."""
    return f"{conversation}_{slug(speaker, 20) or 'line'}_{number:02}"


def free_conversation_id(title: str, taken: Container[str]) -> str:
    """An id for a conversation of that title that no other has."""
    wanted = slug(title) or "conversation"
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
