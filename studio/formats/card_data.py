"""The JSON of a character card in its three versions, in one shape, with nothing dropped.

V1 is a flat object, V2 and V3 keep theirs in `data` (character-card-spec-v2 and -v3). Members are
kept as they are, also unknown ones and those of wrong types; only what V3 requires and is missing
gets its default.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from studio.formats.imported_bible import UnreadableError
from studio.formats.loose import loose_name

SPEC, SPEC_VERSION = "chara_card_v3", "3.0"
V2_SPEC, V2_VERSION = "chara_card_v2", "2.0"

_REQUIRED: dict[str, Any] = {
    "name": "",
    "description": "",
    "personality": "",
    "scenario": "",
    "first_mes": "",
    "mes_example": "",
    "creator_notes": "",
    "system_prompt": "",
    "post_history_instructions": "",
    "alternate_greetings": [],
    "group_only_greetings": [],
    "tags": [],
    "creator": "",
    "character_version": "",
    "extensions": {},
}
_FLAT = _REQUIRED.keys() | {"character_book", "nickname", "assets"}
_HEAD = ("spec", "spec_version", "data")
# What programs before V1 had a name called its members.
_OLD_NAMES = {
    "char_name": "name",
    "char_persona": "description",
    "world_scenario": "scenario",
    "char_greeting": "first_mes",
    "example_dialogue": "mes_example",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`data` as V3 has it; `outer` are members that stood beside it."""

    data: dict[str, Any]
    outer: dict[str, Any]


def is_card(value: object) -> bool:
    """Whether a JSON value wants to be a character card."""
    if not isinstance(value, dict):
        return False
    if str(value.get("spec", "")).startswith("chara_card"):
        return True
    data = value.get("data", value)
    members = {"name", "char_name"} & data.keys() if isinstance(data, dict) else ()
    return bool(members) and "entries" not in data


def find_card(value: object) -> Card:
    """Raises UnreadableError for what is no card, or has no name."""
    if not isinstance(value, dict) or not is_card(value):
        raise UnreadableError("holds no character card")
    inner = value.get("data")
    if isinstance(inner, dict):
        data = inner
        # Some programs repeat members of V1 outside for old readers.
        outer = {
            name: member
            for name, member in value.items()
            if name not in _HEAD and not (name in _REQUIRED and inner.get(name) == member)
        }
    else:
        named = {_OLD_NAMES.get(name, name): member for name, member in value.items()}
        data = {name: member for name, member in named.items() if name in _FLAT}
        outer = {k: v for k, v in named.items() if k not in _FLAT and k not in _HEAD}
    if not loose_name(data.get("name")):
        raise UnreadableError("holds a character card without a name")
    return Card(completed(data), outer)


def completed(data: dict[str, Any]) -> dict[str, Any]:
    """With defaults for members that V3 requires and that are missing or null."""
    given = {name: member for name, member in data.items() if member is not None}
    return {**copy.deepcopy(_REQUIRED), **given}


def card_object(card: Card) -> dict[str, Any]:
    """The whole object of a V3 card; V2 readers know what they need in it."""
    return {**card.outer, "spec": SPEC, "spec_version": SPEC_VERSION, "data": card.data}
