"""Two changes in a row do what their sum does, forwards and backwards."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document.change_sums import joined, size_of
from studio.document.documents import Change
from studio.document.opening import new_project
from tests.document.making import card

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KEYS = st.sampled_from("abc")
PUTS = st.dictionaries(KEYS, st.integers(0, 2), max_size=3)


def _change(puts: dict[str, int], deletes: set[str]) -> Change:
    return Change(
        puts=tuple(card(key, value=value) for key, value in puts.items()),
        deletes=tuple(sorted(deletes - set(puts))),
    )


@given(start=PUTS, first=PUTS, gone=st.sets(KEYS), second=PUTS, gone_then=st.sets(KEYS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sum_of_two_changes_is_both(
    tmp_path_factory: pytest.TempPathFactory,
    start: dict[str, int],
    first: dict[str, int],
    gone: set[str],
    second: dict[str, int],
    gone_then: set[str],
) -> None:
    root: Path = tmp_path_factory.mktemp("projects")
    with closing(new_project(root)) as project:
        project.apply(_change(start, set()))
        before = dict(project.documents)
        one = _change(first, gone & set(project.documents))
        one_back = project.apply(one)
        two = _change(second, gone_then & set(project.documents))
        two_back = project.apply(two)
        after = dict(project.documents)

        redo, undo = joined((one, one_back), (two, two_back))
        project.apply(undo)
        assert dict(project.documents) == before
        project.apply(redo)
        assert dict(project.documents) == after
        project.discard()


def test_a_change_is_as_large_as_its_texts() -> None:
    small = Change(puts=(card("a", text=""),), deletes=("b",))
    large = Change(puts=(card("a", text="x" * 1000),), deletes=("b",))
    assert size_of(large) - size_of(small) == 1000
