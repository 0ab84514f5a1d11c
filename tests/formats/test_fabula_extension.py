"""Our own members in the extensions of cards and lorebooks."""

from __future__ import annotations

import pytest

from studio.document.bible.entry import Entry, EntryKind, Voice
from studio.formats.fabula_extension import differing, read_extension, with_extension

ANN = Entry("1", EntryKind.PLACE, "Ann", ("A",), "S", prompt="p", seed=0, voice=Voice("n", ("l",)))


def test_members_come_back_and_those_of_others_stay() -> None:
    members = differing(ANN, {}, ("kind", "aliases", "summary", "prompt", "seed", "voice", "tags"))
    assert "tags" not in members
    written = with_extension({"other": 1}, members)
    assert written["other"] == 1
    assert read_extension(written) == members


def test_without_a_difference_nothing_is_written() -> None:
    assert differing(ANN, {"summary": "S"}, ("summary", "negative")) == {}
    assert with_extension({"other": 1}, {}) == {"other": 1}


@pytest.mark.parametrize(
    "ours",
    [
        3,
        {"seed": -1},
        {"seed": 2**32},
        {"seed": True},
        {"kind": "ghost"},
        {"kind": []},
        {"loras": ["/x"]},
    ],
)
def test_what_is_of_the_wrong_type_or_no_business_of_a_card_is_left_out(ours: object) -> None:
    assert read_extension({"fabula": ours}) == {}
