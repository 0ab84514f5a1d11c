from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.document.bible.fingerprint import made_from
from studio.document.bible.part import Part
from studio.document.bible.uses import Use, uses_of
from studio.document.documents import Document
from tests.document.bible.entries import bible, entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MARA, TOM = entry("Mara", prompt="a woman"), entry("Tom")


def _document(key: str, kind: str, **data: Any) -> Document:
    return Document.make(key, kind, data)


def _shots(_document: Document, data: Mapping[str, Any]) -> Iterator[Part]:
    for shot in data["shots"]:
        yield Part(shot["id"], f"shot {shot['number']}", shot)


def test_parts_say_where_an_entry_is_used() -> None:
    shots = [
        {"id": "a", "number": "4A", "made_from": made_from([MARA, TOM])},
        {"id": "b", "number": "4B", "made_from": made_from([MARA])},
        {"id": "c", "number": "5"},
    ]
    uses = uses_of(
        bible(replace(MARA, prompt="an old woman"), TOM),
        [_document("scene/4", "scene", shots=shots)],
        {"scene": _shots},
    )
    assert uses == [
        Use("mara", "scene/4", "scene", "a", "shot 4A", True, ("prompt",)),
        Use("tom", "scene/4", "scene", "a", "shot 4A", False),
        Use("mara", "scene/4", "scene", "b", "shot 4B", True, ("prompt",)),
    ]


def test_unknown_kinds_are_called_by_their_title_name_or_key() -> None:
    made = made_from([MARA])
    documents = [
        _document("canvas/1", "canvas", title="Pier", name="p", made_from=made),
        _document("canvas/2", "canvas", title=" ", name="Door", made_from=made),
        _document("canvas/3", "canvas", title=3, made_from=made),
    ]
    assert [use.label for use in uses_of(bible(MARA), documents)] == ["Pier", "Door", "canvas/3"]


def test_others_are_no_uses() -> None:
    documents = [
        Document("broken", "x", '{"made_from": '),
        _document("a", "x", made_from="Mara"),
        _document("b", "x", made_from=made_from([TOM])),
        _document("c", "x", text="made_from"),
    ]
    assert uses_of(bible(MARA), documents) == []
