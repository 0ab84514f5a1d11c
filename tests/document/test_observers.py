from __future__ import annotations

import pytest

from studio.document.documents import Changes
from studio.document.observers import Observers


def test_each_is_told_of_each_change_in_order_even_of_one_made_meanwhile() -> None:
    observers, told = Observers(), list[tuple[str, int, object]]()

    def first(changes: Changes, by: object) -> None:
        told.append(("first", changes.revision, by))
        if changes.revision == 1:
            observers.tell(Changes(2), "observer")

    observers.add(first)
    observers.add(lambda changes, by: told.append(("second", changes.revision, by)))
    observers.tell(Changes(1), "view")
    assert told == [
        ("first", 1, "view"),
        ("second", 1, "view"),
        ("first", 2, "observer"),
        ("second", 2, "observer"),
    ]


def test_one_that_was_removed_is_told_no_more() -> None:
    observers, told = Observers(), list[int]()
    remove = observers.add(lambda changes, by: told.append(changes.revision))
    observers.tell(Changes(1), None)
    remove()
    remove()
    observers.tell(Changes(2), None)
    assert told == [1]


def test_an_observer_that_fails_does_not_silence_the_next_change() -> None:
    observers, told = Observers(), list[int]()

    def fail(changes: Changes, by: object) -> None:
        if changes.revision == 1:
            raise RuntimeError("a bug")
        told.append(changes.revision)

    observers.add(fail)
    with pytest.raises(RuntimeError, match="a bug"):
        observers.tell(Changes(1), None)
    observers.tell(Changes(2), None)
    assert told == [2]
