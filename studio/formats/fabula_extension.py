"""What cards and lorebooks have no member for, in the place they give to programs: extensions.

Only what describes the entry travels so: files of adapters and ids of other entries mean nothing in
another project, and nothing here is a setting.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from typing import Any

from pipelines.limits import MAX_SEED
from studio.document.bible.entry import Entry, EntryKind, Voice
from studio.formats.loose import loose_text, loose_texts

NAME = "fabula"

_TEXTS = ("summary", "prompt", "negative")
_LISTS = ("aliases", "keywords", "tags")


def read_extension(extensions: object) -> dict[str, Any]:
    """The members of an Entry that `extensions` holds, those of wrong types left out.

    `voice` is one of them where notes or lines are there.
    """
    ours = extensions.get(NAME) if isinstance(extensions, Mapping) else None
    if not isinstance(ours, Mapping):
        return {}
    found: dict[str, Any] = {}
    for member in _TEXTS:
        if member in ours:
            found[member] = loose_text(ours[member])
    for member in _LISTS:
        if member in ours:
            found[member] = loose_texts(ours[member])
    seed = ours.get("seed")
    if isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed <= MAX_SEED:
        found["seed"] = seed
    if isinstance(kind := ours.get("kind"), str):
        with contextlib.suppress(ValueError):
            found["kind"] = EntryKind(kind)
    if "voice_notes" in ours or "voice_samples" in ours:
        samples = ours.get("voice_samples")
        lines = samples if isinstance(samples, list) else []
        found["voice"] = Voice(
            loose_text(ours.get("voice_notes")), tuple(s for s in lines if isinstance(s, str))
        )
    return found


def differing(entry: Entry, before: Mapping[str, Any], members: Collection[str]) -> dict[str, Any]:
    """Those `members` of an entry that differ from `before`; what is not there has its default."""
    blank = Entry("", EntryKind.LORE, "")
    values = {member: getattr(entry, member) for member in members}
    return {
        member: value
        for member, value in values.items()
        if value != before.get(member, getattr(blank, member))
    }


def with_extension(extensions: object, members: Mapping[str, Any]) -> Any:
    """`extensions` with members of an Entry as `read_extension` reads them; all others stay."""
    extensions = {} if extensions is None else extensions
    if not isinstance(extensions, Mapping) or not members:
        return extensions
    ours = extensions.get(NAME)
    ours = dict(ours) if isinstance(ours, Mapping) else {}
    for member, value in members.items():
        if isinstance(value, Voice):
            ours |= {"voice_notes": value.notes, "voice_samples": list(value.samples)}
        else:
            ours[member] = list(value) if isinstance(value, tuple) else value
    return {**extensions, NAME: ours}
