"""Prompts that mention entries of the story bible, as a request tells them to a model. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.api import EntryUse
from studio.document.bible.bible import Bible
from studio.document.bible.expansion import Expansion, expand
from studio.document.bible.fingerprint import MadeFrom, stamp
from studio.document.bible.mentions import find_mentions, write_mention
from studio.document.bible.renaming import follow_renames

if TYPE_CHECKING:
    from pipelines.api import TextToImageRequest
    from pipelines.edit_requests import InpaintRequest
    from studio.document.bible.entry import Entry

    _Request = TextToImageRequest | InpaintRequest


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed and chose.

    `left_out` are ids of mentioned entries that are not to be used, `looks` of entries that are
    used although nothing mentions them.
    """

    prompt: str
    negative_prompt: str = ""
    left_out: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of it. `made_from` are the used entries as they are now."""

    typed: Typed
    expansion: Expansion
    made_from: tuple[EntryUse, ...]

    @property
    def is_typed(self) -> bool:
        """Whether a model is told just what was typed."""
        now = (self.expansion.prompt, self.expansion.negative)
        return not self.made_from and now == (self.typed.prompt, self.typed.negative_prompt)

    @property
    def signature(self) -> dict[str, Any]:
        """The fields of a request that say where its words came from, by name."""
        if self.is_typed:
            return {}
        return {
            "typed_prompt": self.typed.prompt.strip(),
            "typed_negative_prompt": self.typed.negative_prompt.strip(),
            "made_from": self.made_from,
        }


def tell(typed: Typed, bible: Bible) -> Told:
    """Puts in what the entries say; looks that are not mentioned stand at the end of the prompt."""
    prompt = typed.prompt
    written = {mention.entry_id for mention in find_mentions(prompt, bible)}
    for look in map(bible.get, typed.looks):
        if look is not None and look.id not in written:
            prompt = _with_item(prompt, look, bible)
    expansion = expand(prompt, typed.negative_prompt, bible, typed.left_out)
    entries = (bible.get(used.entry_id) for used in expansion.used)
    made_from = tuple(entry_use(entry) for entry in entries if entry is not None)
    return Told(typed, expansion, made_from)


def entry_use(entry: Entry) -> EntryUse:
    """The entry as it is now."""
    made = stamp(entry)
    return EntryUse(made.entry, made.fingerprint, made.name, dict(made.fields or {}))


def uses_of_request(request: _Request) -> tuple[MadeFrom, ...]:
    """What the bible calls the entries that a request was made from."""
    return tuple(
        MadeFrom(use.entry, use.fingerprint, use.name, use.fields) for use in request.made_from
    )


def mentioned(typed: Typed, bible: Bible) -> tuple[str, ...]:
    """Ids of the entries that `typed` mentions or that are added, each once, in this order.

    Entries that only the fragments of others mention are not among them.
    """
    found = [
        mention.entry_id
        for text in (typed.prompt, typed.negative_prompt)
        for mention in find_mentions(text, bible)
    ]
    added = (look for look in typed.looks if bible.get(look) is not None)
    return tuple(dict.fromkeys((*found, *added)))


def retyped(request: _Request, bible: Bible) -> Typed | None:
    """What was typed for `request`, with the names that its entries have now.

    None where an entry is not there any more, or where the request does not say what was typed.
    """
    uses = {use.entry: use.name for use in request.made_from}
    says = request.typed_prompt or request.typed_negative_prompt or uses
    if not says or any(bible.get(entry_id) is None for entry_id in uses):
        return None
    then = Bible(tuple(replace(e, name=uses.get(e.id) or e.name) for e in bible))
    words = Typed(
        follow_renames(request.typed_prompt, then, bible),
        follow_renames(request.typed_negative_prompt, then, bible),
    )
    reached = {used.entry_id for used in tell(words, bible).expansion.used}
    looks = tuple(entry_id for entry_id in uses if entry_id not in reached)
    left_out = _unused(replace(words, looks=looks), bible, uses)
    return replace(words, looks=looks, left_out=left_out)


def _unused(typed: Typed, bible: Bible, uses: Collection[str]) -> tuple[str, ...]:
    """What has to be left out so that only `uses` are used.

    First what is mentioned itself: leaving that out takes along what only its fragment mentions.
    """
    left_out: Sequence[str] = [each for each in mentioned(typed, bible) if each not in uses]
    expansion = tell(replace(typed, left_out=tuple(left_out)), bible).expansion
    deeper = [used.entry_id for used in expansion.used if used.entry_id not in uses]
    return (*left_out, *deeper)


def _with_item(prompt: str, entry: Entry, bible: Bible) -> str:
    before = prompt.rstrip().removesuffix(",")
    before = f"{before}, " if before else ""
    return before + write_mention(entry, bible, before)
