"""Bytes that were good once, for readers that must not mind."""

from __future__ import annotations

import random


def mutated(data: bytes, chooser: random.Random) -> bytes:
    """Up to eight times, some bytes are others, gone or new."""
    spoiled = bytearray(data)
    for _ in range(chooser.randint(1, 8)):
        at = chooser.randrange(len(spoiled))
        match chooser.randrange(4):
            case 0:
                spoiled[at] = chooser.randrange(256)
            case 1:
                del spoiled[at : at + chooser.randint(1, 40)]
            case 2:
                spoiled[at:at] = chooser.randbytes(chooser.randint(1, 40))
            case 3:
                spoiled[at : at + 4] = chooser.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
        if not spoiled:
            return b""
    return bytes(spoiled)
