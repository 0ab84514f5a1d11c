from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studio.document.bible.entry import EntryKind, LoraUse, Reference, Relation, Voice
from studio.document.bible.fingerprint import (
    FIELDS,
    MadeFrom,
    field_fingerprints,
    fingerprint,
    made_from,
    read_made_from,
    stamp,
)
from tests.document.bible.entries import entry

MARA = entry("Mara", prompt="a woman", seed=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": EntryKind.LORE}, "kind"),
        ({"name": "Nova"}, "name"),
        ({"summary": "x"}, "summary"),
        ({"text": "x"}, "text"),
        ({"prompt": "an old woman"}, "prompt"),
        ({"negative": "hat"}, "negative"),
        ({"references": (Reference("ab"),)}, "references"),
        ({"portrait": "ab"}, "references"),
        ({"seed": None}, "seed"),
        ({"loras": (LoraUse("a"),)}, "loras"),
        ({"voice": Voice("low")}, "voice"),
    ],
)
def test_what_changes_what_is_made(change: dict[str, Any], field: str) -> None:
    then, now = stamp(MARA), stamp(replace(MARA, **change))
    assert then.is_stale(now)
    assert then.changed_fields(now) == (field,)
    assert field in FIELDS


def test_what_changes_nothing() -> None:
    now = stamp(
        replace(
            MARA,
            order=5.0,
            tags=("a",),
            keywords=("b",),
            aliases=("c",),
            always_on=True,
            enabled=False,
            relations=(Relation("tom"),),
            extras={"later": 1},
        )
    )
    assert not stamp(MARA).is_stale(now)
    assert stamp(MARA).changed_fields(now) == ()


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert fingerprint(MARA) == "a3debe79c9511064"
    assert set(field_fingerprints(MARA)) == {"kind", "name", "prompt", "seed"}
    assert all(len(digits) == 8 for digits in field_fingerprints(MARA).values())


def test_the_member_of_a_document_comes_back() -> None:
    value = made_from([MARA, entry("Tom")])
    assert value[0]["entry"] == "mara"
    assert value[0]["name"] == "Mara"
    assert value[0]["fingerprint"] == fingerprint(MARA)
    assert read_made_from(value) == (stamp(MARA), stamp(entry("Tom")))


def test_without_its_fields_it_is_known_that_but_not_what() -> None:
    (made,) = read_made_from([{"entry": "mara", "fingerprint": "0" * 16}])
    assert made == MadeFrom("mara", "0" * 16, "")
    assert made.is_stale(stamp(MARA))
    assert made.changed_fields(stamp(MARA)) == ()
    assert made.to_json() == {"entry": "mara", "fingerprint": "0" * 16, "name": ""}


@pytest.mark.parametrize(
    "value", [None, "x", {}, [None, 1, [], {}, {"entry": "a"}, {"entry": 1, "fingerprint": "b"}]]
)
def test_what_is_no_item_is_passed_over(value: object) -> None:
    assert read_made_from(value) == ()
