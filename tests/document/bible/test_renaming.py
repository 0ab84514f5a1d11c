from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.bible import Bible
from studio.document.bible.entry import ENTRY_KIND, Relation, Voice
from studio.document.bible.entry_json import entry_document, read_bible
from studio.document.bible.mentions import find_mentions
from studio.document.bible.renaming import rename, rename_change
from studio.document.documents import Change, Document
from studio.document.errors import ProjectError
from studio.document.opening import new_project
from tests.document.bible.entries import bible, entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MARA = entry("Mara", aliases=("Captain",))
BIBLE = bible(MARA, "Old Tom", "Tom", "Owl")
FIELDS = {ENTRY_KIND: ("text", "relations.*.text"), "shot": ("prompt", "lines.*.said", "by.*")}


def _renamed(text: str, name: str) -> str:
    return rename(text, MARA, replace(MARA, name=name), BIBLE)


@pytest.mark.parametrize(
    ("text", "name", "result"),
    [
        ("@Mara's, (@mara:1.2), Mara", "Nova", "@Nova's, (@Nova:1.2), Mara"),
        ("@[Mara] and @Captain", "Nova", "@Nova and @Captain"),
        ("@Mara", "Anna Lee", "@Anna Lee"),
        ("@Mara Tom", "Old", "@[Old] Tom"),
        ("@Mara", "MARA", "@Mara"),
        ("@Old Tom, @[Tom] Mara", "Old Tom Mara", "@Old Tom, @[Tom] Mara"),
        ("@Owl Mara", "Owl Mara", "@[Owl] Mara"),
        (r"\@Mara mail@Mara.org @Nobody", "Nova", r"\@Mara mail@Mara.org @Nobody"),
    ],
)
def test_mentions_follow_the_name(text: str, name: str, result: str) -> None:
    assert _renamed(text, name) == result


def test_a_mention_by_an_alias_that_is_gone_takes_the_name() -> None:
    assert rename("@Captain", MARA, replace(MARA, aliases=()), BIBLE) == "@Mara"


@given(
    st.lists(
        st.sampled_from(["@", "Mara", "Old", "Tom", "[", "]", " ", "\\", "Owl", "x", "'s"]),
        max_size=12,
    ),
    st.sampled_from(["Nova", "Old", "Old Tom Owl", "Owl x", "Ma]ra", "Tom's"]),
)
def test_every_mention_still_means_the_same(pieces: list[str], name: str) -> None:
    text = "".join(pieces)
    new = replace(MARA, name=name)
    after = Bible(tuple(new if each.id == "mara" else each for each in BIBLE))
    before = [mention.entry_id for mention in find_mentions(text, BIBLE)]
    found = [mention.entry_id for mention in find_mentions(_renamed(text, name), after)]
    # What was unknown may be known now.
    remaining = iter(found)
    assert all(entry_id in remaining for entry_id in before)


def _documents() -> tuple[Document, ...]:
    tom = entry("Tom", text="knows @Mara", relations=(Relation("mara", "loves @Mara"),))
    shot = {"prompt": "@Mara, sea", "lines": [{"said": "@Mara?"}, 3], "by": {"a": "@Mara", "b": 1}}
    return (
        entry_document(replace(MARA, text="@Mara is @Mara", voice=Voice("like @Mara"))),
        entry_document(tom),
        Document.make("shot/1", "shot", {**shot, "note": "@Mara", "later": [1.5, None]}),
        Document("shot/2", "shot", '{ "prompt" : "no mention, but a@b" }'),
        Document("shot/3", "shot", "{ @Mara is no JSON"),
        Document.make("other", "hologram", {"prompt": "@Mara"}),
    )


def _renamed_in(documents: Iterable[Document], *how: Any) -> Change:
    documents = list(documents)
    return rename_change(read_bible(documents), documents, *how)


def test_all_texts_of_the_project_follow_in_one_change() -> None:
    puts = {
        document.key: document
        for document in _renamed_in(_documents(), "mara", " Anna  Lee ", FIELDS).puts
    }
    assert set(puts) == {"bible/mara", "bible/tom", "shot/1"}
    assert puts["bible/mara"].data["name"] == "Anna Lee"
    assert puts["bible/mara"].data["text"] == "@Anna Lee is @Anna Lee"
    assert puts["bible/tom"].data["relations"] == [{"to": "mara", "text": "loves @Anna Lee"}]
    assert puts["shot/1"].data == {
        "prompt": "@Anna Lee, sea",
        "lines": [{"said": "@Anna Lee?"}, 3],
        "by": {"a": "@Anna Lee", "b": 1},
        "note": "@Mara",
        "later": [1.5, None],
    }


def test_texts_of_entries_take_part_without_being_named() -> None:
    (put, _) = _renamed_in(_documents(), "mara", "Nova").puts
    assert put.data["voice"] == {"notes": "like @Nova"}


def test_one_change_does_it_and_one_undoes_it(root: Path) -> None:
    with closing(new_project(root)) as project:
        project.apply(Change(puts=_documents()))
        before = dict(project.documents)
        undo = project.apply(_renamed_in(project.documents.values(), "mara", "Nova", FIELDS))
        assert read_bible(project.documents.values()).named("Nova") is not None
        project.apply(undo)
        assert dict(project.documents) == before


def test_the_same_name_is_no_change() -> None:
    assert _renamed_in(_documents(), "mara", "Mara", FIELDS) == Change()


@pytest.mark.parametrize(("name", "code"), [(" ", "bad_name"), ("tom", "name_taken")])
def test_names_that_an_entry_cannot_have(name: str, code: str) -> None:
    with pytest.raises(ProjectError) as refused:
        _renamed_in(_documents(), "mara", name)
    assert refused.value.code == code
    assert refused.value.hint


def test_an_own_alias_can_become_the_name() -> None:
    change = _renamed_in(_documents(), "mara", "Captain", FIELDS)
    assert change.puts[0].data["name"] == "Captain"


def test_an_entry_that_is_not_there() -> None:
    with pytest.raises(LookupError, match="no entry nobody"):
        _renamed_in(_documents(), "nobody", "Nova")
