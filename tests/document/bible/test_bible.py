from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.bible import Bible, between
from studio.document.bible.words import words
from tests.document.bible.entries import bible, entry


def test_entries_are_sorted_by_order_and_then_by_name() -> None:
    made = bible(entry("Tom", order=2), entry("owl", order=1), entry("Mara", order=2))
    assert [each.name for each in made] == ["owl", "Mara", "Tom"]
    assert len(made) == 3


def test_found_by_id_and_by_any_name() -> None:
    tom = entry("Old Tom", aliases=("the Keeper",))
    made = bible(tom, "Mara")
    assert made.get("old_tom") == made.named("old  TOM") == made.named("The keeper") == tom
    assert made.get("Old Tom") is made.named("Tom") is made.named("") is None


def test_a_name_wins_over_an_alias() -> None:
    made = bible(entry("Mara", aliases=("Tom",), order=1), entry("Tom", order=2))
    named = made.named("tom")
    assert named is not None
    assert named.id == "tom"
    assert [found.value.id for found in made.names.search(words("Tom"))] == ["tom"]


def test_triggers_are_names_and_keywords() -> None:
    made = bible(entry("Mara", aliases=("Captain", "Mara"), keywords=("coat", "coat")))
    found = [match.value for match in made.triggers.search(words("Mara, captain, coats"))]
    assert [(each.word, each.is_keyword) for each in found] == [
        ("Mara", False),
        ("Captain", False),
        ("coat", True),
    ]


def test_a_new_entry_goes_behind_all_others() -> None:
    assert bible().next_order == 1
    assert bible(entry("Mara", order=3.5), entry("Tom", order=-2)).next_order == 4.5
    assert bible(entry("Mara", order=1e300)).next_order > 1e300


def test_free_names() -> None:
    made = bible("Mara", entry("Tom", aliases=("mara 2",)))
    assert made.free_name("Owl") == "Owl"
    assert made.free_name("Mara") == "Mara 3"


def test_between() -> None:
    low, high = entry("Low", order=1), entry("High", order=2)
    assert between(None, None) == 1
    assert between(None, low) == 0
    assert between(high, None) == 3
    assert between(low, high) == 1.5
    assert between(low, replace(low, id="twin")) is None


def test_a_move_changes_one_entry_where_there_is_room() -> None:
    made = bible(*(entry(name, order=order) for order, name in enumerate("abc", start=1)))
    assert made.moved("c", 1) == (entry("c", order=1.5),)
    assert made.moved("c", 2) == ()
    with pytest.raises(LookupError, match="no entry x"):
        made.moved("x", 0)


@given(
    st.lists(st.sampled_from([0.0, 1.0, 1.0000000000000002, 7.0, 1e300]), min_size=1, max_size=8),
    st.data(),
)
def test_a_moved_entry_is_where_it_was_put(orders: list[float], data: st.DataObject) -> None:
    made = bible(*(entry(f"e{n}", order=order) for n, order in enumerate(orders)))
    moving = data.draw(st.sampled_from(made.entries))
    index = data.draw(st.integers(0, len(made) - 1))
    others = [each.id for each in made if each.id != moving.id]
    changed = {each.id: each for each in made.moved(moving.id, index)}
    after = Bible(tuple(changed.get(each.id, each) for each in made))
    assert [each.id for each in after] == [*others[:index], moving.id, *others[index:]]
