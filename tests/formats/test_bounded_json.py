"""JSON of strangers, in bounds."""

from __future__ import annotations

import pytest

from studio.formats.bounded_json import DEEPEST_JSON, LARGEST_JSON, parse_json
from studio.formats.imported_bible import UnreadableError


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_code_of_unicode_is_read(code: str) -> None:
    assert parse_json('{"é": [1, 2.5, null]}'.encode(code)) == {"é": [1, 2.5, None]}


def test_depth_is_counted_in_lists_and_objects() -> None:
    fits = "[" * DEEPEST_JSON + "]" * DEEPEST_JSON
    assert parse_json(fits)
    with pytest.raises(UnreadableError, match="nested too deep"):
        parse_json(f'{{"a": {fits}}}')
    assert parse_json(f'{{"a": {fits}}}', DEEPEST_JSON + 1)


@pytest.mark.parametrize(
    "text", ["", "{", "[NaN]", "[-Infinity]", "[1e400]", "9" * 5000, b"\xff{}"]
)
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(UnreadableError):
        parse_json(text)


def test_size_is_bounded() -> None:
    with pytest.raises(UnreadableError, match="more than 16 MB"):
        parse_json(" " * (LARGEST_JSON + 1))
