"""A new name for an entry, and for every mention of it in the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from studio.document.bible.bible import Bible
from studio.document.bible.entry import ENTRY_KIND, Entry
from studio.document.bible.entry_json import entry_document
from studio.document.bible.mentions import find_mentions, mention_as
from studio.document.bible.words import fold_name
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.document.storyboard.documents import SCENE_KIND

MENTION_FIELDS: Mapping[str, tuple[str, ...]] = {
    ENTRY_KIND: ("summary", "text", "prompt", "negative", "voice.notes", "relations.*.text"),
    SCENE_KIND: (
        *("synopsis", "shots.*.action", "shots.*.notes", "shots.*.dialogue.*.text"),
        "shots.*.frames.*.prompt",
    ),
}
"""Where documents of a kind hold texts with mentions, one line for each kind.

A path names members, with dots between them; `*` is every item of a list or value of an object.
"""


def rename(text: str, old_entry: Entry, new_entry: Entry, bible: Bible) -> str:
    """`text` as it has to be written when `old_entry` of `bible` has become `new_entry`.

    Mentions by a name that the entry still has stay as they are; those of other entries too,
    except for brackets where the new name would be read into them.
    """
    others = tuple(entry for entry in bible if entry.id != old_entry.id)
    return _rewritten(text, new_entry, bible, Bible((*others, new_entry)))


def follow_renames(text: str, before: Bible, after: Bible) -> str:
    """`text`, whose mentions are names in `before`, with those that `after` has for the same."""
    if "@" not in text:
        return text
    for old in before.entries:
        new = after.get(old.id)
        if new is not None and (new.name, new.aliases) != (old.name, old.aliases):
            text = rename(text, old, new, before)
            others = (entry for entry in before if entry.id != old.id)
            before = Bible((*others, new))
    return text


def rename_change(
    bible: Bible,
    documents: Iterable[Document],
    entry_id: str,
    new_name: str,
    fields: Mapping[str, tuple[str, ...]] = MENTION_FIELDS,
) -> Change:
    """Renames an entry and all its mentions in the documents of a project, to be undone at once.

    `bible` holds the entries of these documents. Kinds that `fields` does not name, and documents
    that cannot be read, are left alone. Raises LookupError for an entry that is not there,
    ProjectError for a name that it cannot have.
    """
    old = bible.get(entry_id)
    if old is None:
        raise LookupError(f"the project has no entry {entry_id}")
    name = " ".join(new_name.split())
    if not fold_name(name):
        raise ProjectError("bad_name", "An entry needs a name.", "Type at least one letter.")
    owner = bible.named(name)
    if owner is not None and owner.id != entry_id:
        raise ProjectError(
            "name_taken", f"“{owner.name}” is called “{name}” already.", "Choose another name."
        )
    new = replace(old, name=name)
    renamed = Bible(tuple(new if entry.id == entry_id else entry for entry in bible))

    def rewrite(text: str) -> str:
        return _rewritten(text, new, bible, renamed)

    puts = []
    for document in documents:
        source = entry_document(new) if document.key == new.key else document
        changed = _with_fields(source, fields.get(document.kind, ()), rewrite)
        if changed != document:
            puts.append(changed)
    return Change(puts=tuple(puts))


def _rewritten(text: str, new: Entry, before: Bible, after: Bible) -> str:
    mentions = find_mentions(text, before)
    names = {fold_name(name) for name in (new.name, *new.aliases)}
    written, position = "", 0
    ends = [mention.start for mention in mentions[1:]]
    for mention, end in zip(mentions, [*ends, len(text)], strict=False):
        written += text[position : mention.start]
        is_old = mention.entry_id == new.id and fold_name(mention.name) not in names
        name = new.name if is_old else mention.name
        was_bare = text[mention.start : mention.end] == f"@{mention.name}"
        if is_old or was_bare:
            written += mention_as(name, mention.entry_id, after, written, text[mention.end : end])
        else:
            written += text[mention.start : mention.end]
        position = mention.end
    return written + text[position:]


def _with_fields(
    document: Document, paths: Sequence[str], rewrite: Callable[[str], str]
) -> Document:
    """The same document where nothing has changed, byte for byte."""
    if not paths or "@" not in document.text:
        return document
    try:
        data = old = document.data
    except ProjectError:
        return document
    for path in paths:
        data = _at(data, path.split("."), rewrite)
    return document if data == old else Document.make(document.key, document.kind, data)


def _at(value: Any, path: list[str], rewrite: Callable[[str], str]) -> Any:
    """`value` with the texts at `path` rewritten; what is not as the path says stays."""
    if not path:
        return rewrite(value) if isinstance(value, str) else value
    step, *rest = path
    if isinstance(value, list) and step == "*":
        return [_at(each, rest, rewrite) for each in value]
    if isinstance(value, dict):
        steps = value.keys() if step == "*" else value.keys() & {step}
        return {**value, **{name: _at(value[name], rest, rewrite) for name in steps}}
    return value
