"""Opcodes are read, never run: what a pickle would import."""

from __future__ import annotations

import collections
import os
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model_check.pickle_names import UNKNOWN, MalformedPickleError, names_in


class Calling:
    """A pickle of it calls `function` when it is loaded."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self._call


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_tells_what_it_calls(protocol: int) -> None:
    value = [Calling(os.system, "true"), collections.OrderedDict(a=Calling(eval, "1"))]
    data = pickle.dumps(value, protocol)
    names, end = names_in(data + b"weights")
    assert {name.replace("__builtin__", "builtins") for name in names} == {
        f"{os.system.__module__}.system", "builtins.eval", "collections.OrderedDict",
    }  # fmt: skip
    assert end == len(data)


def test_names_that_are_hidden_in_the_memo_are_found() -> None:
    data = (
        b"\x80\x04\x8c\x06system\x94\x8c\x02os\x94\x30\x30"  # memo 0 and 1, both off the stack
        b"h\x01h\x00\x93\x8c\x04true\x85R."
    )
    assert names_in(data)[0] == {"os.system"}


def test_a_name_that_is_put_together_while_it_runs_is_unknown() -> None:
    module = b"\x8c\x07os.path\x93"
    joined = b"\x80\x04\x8c\x08builtins\x8c\x03str\x93)R\x8c\x06system\x93."
    assert UNKNOWN in names_in(joined)[0]
    assert names_in(b"\x80\x02\x82\x01.")[0] == {UNKNOWN}, "a number that the registry resolves"
    assert names_in(b"(ios\nsystem\n.")[0] == {"os.system"}
    with pytest.raises(MalformedPickleError):
        names_in(b"\x80\x04" + module)


def test_plain_values_call_nothing() -> None:
    value = {"a": [1, 2.5, None, True, "x" * 300, b"y" * 300, {1, 2}, (3,), 2**80], "b": ()}
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        names, _ = names_in(pickle.dumps(value, protocol))
        assert names <= {"builtins.set", "__builtin__.set", "_codecs.encode"}


@given(st.binary(max_size=200))
def test_any_bytes_are_a_pickle_or_are_told_to_be_none(data: bytes) -> None:
    for start in (b"", b"\x80\x02", b"\x80\x04"):
        try:
            _, end = names_in(start + data)
        except MalformedPickleError:
            continue
        assert 0 < end <= len(start + data)
