from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.documents import LONGEST_NAME, LONGEST_TEXT, Document
from studio.document.errors import ProjectError

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), _VALUES))
def test_every_json_value_comes_back(data: dict[str, object]) -> None:
    document = Document.make("a", "card", data)
    document.text.encode()
    assert document.data == data
    assert Document.make("a", "card", document.data) == document


def test_half_characters_are_escaped_and_the_rest_is_readable() -> None:
    document = Document.make("a", "card", {"text": "帽子 \ud83e \U0001f989"})
    assert document.text == '{"text":"帽子 \\ud83e \U0001f989"}'
    assert document.data == {"text": "帽子 \ud83e \U0001f989"}


def test_members_that_are_not_known_stay_when_others_change() -> None:
    document = Document("a", "card", '{"name": "Mara", "later": {"x": [1, 2.5, null]}}')
    assert document.updated(name="Owl").data == {"name": "Owl", "later": {"x": [1, 2.5, None]}}
    assert document.text == '{"name": "Mara", "later": {"x": [1, 2.5, null]}}'


def test_data_is_a_copy() -> None:
    document = Document.make("a", "card", {"list": [1]})
    document.data["list"].append(2)
    assert document.data == {"list": [1]}


@pytest.mark.parametrize("name", ["", "a\nb", "x" * (LONGEST_NAME + 1), "\ud800", "a\0"])
def test_bad_names_are_refused(name: str) -> None:
    for key, kind in ((name, "card"), ("a", name)):
        with pytest.raises(ProjectError, match="cannot name a document"):
            Document.make(key, kind, {})


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ProjectError, match="holds what JSON cannot"):
        Document.make("a", "card", {"a": float("inf")})
    with pytest.raises(TypeError):
        Document.make("a", "card", {"a": object()})
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ProjectError, match="holds what JSON cannot"):
        Document.make("a", "card", {"a": deep})
    with pytest.raises(ProjectError, match="too large") as error:
        Document.make("a", "card", {"a": "x" * LONGEST_TEXT})
    assert error.value.code == "too_large"


@pytest.mark.parametrize("text", ["[1]", "nonsense", "[" * 100_000, json.dumps("text")])
def test_what_python_cannot_read_is_one_sentence(text: str) -> None:
    with pytest.raises(ProjectError, match="“a”"):
        _ = Document("a", "card", text).data
