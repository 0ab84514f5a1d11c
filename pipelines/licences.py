"""What a licence lets people do, as one of five words: told before a model is fetched or used."""

from __future__ import annotations

import re
from typing import Literal, get_args

LicenceClass = Literal["open", "revenue-capped", "non-commercial", "gated", "unknown"]
LICENCE_CLASSES: tuple[LicenceClass, ...] = get_args(LicenceClass)

_RULES: tuple[tuple[LicenceClass, str], ...] = (
    # The stricter first: of "4B: Apache-2.0, 9B: FLUX Non-Commercial" the second half counts.
    (
        "non-commercial",
        r"non.?commercial|research|academic|\bnc\b|cc.by.nc|sai.nc|turbo.?license|flux.1.dev\b"
        r"|flux.2.dev\b|\bdev.license",
    ),
    ("revenue-capped", r"stability.*communit|krea|\blfm"),
    ("gated", r"llama|gemma.terms|^gemma$"),
    (
        "open",
        r"apache|\bmit\b|\bbsd|openrail|open.?rail|cc0|cc.by|unlicense|\bisc\b|public.?domain"
        r"|\bgpl|\blgpl|\bmpl|nvidia.open|^ours|wtfpl|artistic|zlib|\bboost|\bbsl.1",
    ),
)
"""Words in names of licences, as cards, headers and `fabula.json` write them (trust: the table of
models people ask for). "gated" are terms that have to be accepted by name."""


def class_of_licence(licence: str) -> LicenceClass:
    """The class of a licence by its name in any of the usual spellings; "unknown" for others."""
    name = re.sub(r"[\s_]+", "-", licence.strip().lower())
    for found, pattern in _RULES:
        if re.search(pattern.replace(" ", "-"), name):
            return found
    return "unknown"
