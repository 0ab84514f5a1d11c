"""Values from anybody's JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.fields import Fields, as_integer, as_name, as_number, parse_object


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("7", 7),
        (7.0, 7),
        (2**64 - 1, 2**64 - 1),
        (str(2**64 - 1), 2**64 - 1),
        (2**64, None),
        (-1, None),
        (7.5, None),
        (True, None),
        ("seven", None),
        (float("inf"), None),
        ("9" * 5_000, None),
        (None, None),
        ([7], None),
    ],
)
def test_whole_numbers(value: object, number: int | None) -> None:
    assert as_integer(value, 0, 2**64 - 1) == number


@pytest.mark.parametrize("value", ["nan", "inf", float("nan"), True, 10**400, "x", None, {}])
def test_what_is_no_number(value: object) -> None:
    assert as_number(value, -1e9, 1e9) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (r"sdxl\base v1.0.safetensors", "base v1.0"),
        ("models/a.b.CKPT", "a.b"),
        ("None", None),
        ("", None),
        (3, None),
    ],
)
def test_names_of_models(value: object, name: str | None) -> None:
    assert as_name(value) == name


@pytest.mark.parametrize(
    "text", [None, "", "[]", "{", '{"a": }', "{" * 100_000, '{"a":' * 500 + "1" + "}" * 500]
)
def test_what_is_no_object(text: str | None) -> None:
    assert parse_object(text) is None


def test_what_is_understood_is_struck_off() -> None:
    fields = Fields({"steps": "20", "seed": "x", "model": "", "extra": {"a": [1]}, "text": "帽子"})
    assert fields.steps("steps") == 20
    assert fields.seed("seed") is None
    assert fields.take("text") == "帽子"
    assert fields.rest() == {"seed": "x", "extra": '{"a": [1]}'}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(["a", "b"]), _JSON))
def test_no_value_is_too_strange(values: dict[str, object]) -> None:
    for method in ("text", "name", "steps", "guidance", "seed", "strength", "layer"):
        getattr(Fields(values), method)("a", "b")
    Fields(values).rest()
