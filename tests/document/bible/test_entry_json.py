from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.entry import (
    ENTRY_KIND,
    Entry,
    EntryKind,
    LoraUse,
    Reference,
    Relation,
    Voice,
)
from studio.document.bible.entry_json import entry_document, is_entry, read_bible, read_entry
from studio.document.documents import Document
from studio.document.errors import ProjectError

_TEXTS = st.text(max_size=5)
_MANY = st.lists(_TEXTS, max_size=3).map(tuple)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def _lists(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=2).map(tuple)


_ENTRIES = st.builds(
    Entry,
    id=st.text("0123456789abcdef", min_size=1),
    kind=st.sampled_from(EntryKind),
    name=_TEXTS,
    aliases=_MANY,
    summary=_TEXTS,
    text=_TEXTS,
    tags=_MANY,
    keywords=_MANY,
    always_on=st.booleans(),
    prompt=_TEXTS,
    negative=_TEXTS,
    references=_lists(st.builds(Reference, _TEXTS, _TEXTS)),
    portrait=_TEXTS,
    seed=st.none() | st.integers(0, 2**32 - 1),
    loras=_lists(st.builds(LoraUse, _TEXTS, _NUMBERS)),
    voice=st.builds(Voice, _TEXTS, _MANY),
    relations=_lists(st.builds(Relation, _TEXTS, _TEXTS)),
    order=_NUMBERS,
    enabled=st.booleans(),
    extras=st.dictionaries(st.sampled_from(["later", "x"]), st.integers() | _MANY.map(list)),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _NUMBERS | _TEXTS,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(_TEXTS, values, max_size=3),
    max_leaves=5,
)
_MEMBERS = ("kind", "name", "aliases", "seed", "loras", "voice", "references", "order", "later")


def _document(**data: object) -> Document:
    return Document.make("bible/1", ENTRY_KIND, data)


@given(_ENTRIES)
def test_every_entry_comes_back(entry: Entry) -> None:
    document = entry_document(entry)
    assert (document.key, document.kind) == (entry.key, ENTRY_KIND)
    assert read_entry(document) == entry


@given(st.dictionaries(st.sampled_from(_MEMBERS), _JSON))
def test_whatever_a_document_holds_is_read_and_written_again(data: dict[str, Any]) -> None:
    entry = read_entry(_document(**data))
    written = entry_document(entry)
    assert {member: written.data.get(member) for member in data} == {
        member: data[member] or written.data.get(member) for member in data
    }
    assert read_entry(written) == read_entry(entry_document(read_entry(written)))


def test_bad_members_fall_back_and_stay_until_they_are_changed() -> None:
    from dataclasses import replace

    entry = read_entry(
        _document(
            kind="vehicle",
            name=7,
            aliases=["Captain", 3],
            always_on="yes",
            enabled="no",
            seed=-1,
            references=[{"asset": "ab", "later": 1}, {"caption": "lost"}],
            voice=[],
            order=True,
        )
    )
    assert entry.kind is EntryKind.LORE
    assert (entry.name, entry.aliases, entry.always_on, entry.seed) == (
        "",
        ("Captain",),
        False,
        None,
    )
    assert entry.enabled
    assert (entry.references, entry.voice, entry.order) == ((Reference("ab"),), Voice(), 0.0)
    renamed = entry_document(replace(entry, name="Boat", aliases=("Ship",))).data
    assert renamed["name"] == "Boat"
    assert renamed["aliases"] == ["Ship"]
    assert renamed["kind"] == "vehicle"
    assert renamed["references"] == [{"asset": "ab", "later": 1}, {"caption": "lost"}]


def test_the_smallest_document() -> None:
    entry = Entry("1", EntryKind.PLACE, "Harbour")
    assert entry_document(entry).data == {"kind": "place", "name": "Harbour"}
    assert read_entry(_document()) == Entry("1", EntryKind.LORE, "")


def test_numbers_that_are_none_fall_back() -> None:
    text = json.dumps({"order": 10**400, "loras": [{"path": "a", "weight": 1e400}]})
    entry = read_entry(Document("bible/1", ENTRY_KIND, text))
    assert entry.order == 0
    assert entry.loras == (LoraUse("a", 1.0),)


@pytest.mark.parametrize(("key", "kind"), [("bible/1", "character"), ("mara", ENTRY_KIND)])
def test_other_documents_are_no_entries(key: str, kind: str) -> None:
    document = Document(key, kind, '{"name": "Mara"}')
    assert not is_entry(document)
    with pytest.raises(ValueError, match="no entry"):
        read_entry(document)
    assert len(read_bible([document])) == 0


def test_a_bible_names_what_it_cannot_read() -> None:
    broken = Document("bible/2", ENTRY_KIND, "[1]")
    bible = read_bible([_document(name="Mara"), broken, Document("panel", "state", "{}")])
    assert [entry.name for entry in bible] == ["Mara"]
    assert bible.unreadable == ("bible/2",)
    with pytest.raises(ProjectError):
        read_entry(broken)
