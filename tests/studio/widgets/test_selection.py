from __future__ import annotations

import pytest

from studio.widgets.selection import Selection


@pytest.fixture
def selection() -> Selection:
    made = Selection()
    made.set_order("abcde")
    return made


def test_a_range_goes_from_the_first_click(selection: Selection) -> None:
    selection.choose("d")
    selection.extend("b")
    assert (selection.chosen, selection.current) == (("b", "c", "d"), "b")
    selection.extend("e")
    assert selection.chosen == ("d", "e")


def test_toggling_adds_and_removes(selection: Selection) -> None:
    selection.choose("a")
    selection.toggle("c")
    selection.toggle("a")
    assert selection.chosen == ("c",)


def test_what_is_gone_gives_its_place_to_the_next(selection: Selection) -> None:
    selection.choose("c")
    selection.set_order("abde")
    assert (selection.current, selection.chosen) == ("d", ("d",))
    selection.set_order("ab")
    assert selection.current == "b"
    selection.set_order("")
    assert (selection.current, selection.chosen) == ("", ())


def test_new_ones_in_front_change_nothing(selection: Selection) -> None:
    selection.choose("c")
    selection.set_order("xyabcde")
    assert selection.chosen == ("c",)


def test_all_and_none(selection: Selection) -> None:
    selection.choose_all()
    assert selection.chosen == tuple("abcde")
    selection.clear()
    assert (selection.chosen, selection.current) == ((), "")
