"""JSON of strangers: bounded in size and depth, and nothing in it that JSON does not know."""

from __future__ import annotations

import json
import math
from typing import Any

from studio.formats.imported_bible import UnreadableError

LARGEST_JSON = 16 * 2**20  # bytes; the largest cards and books there are have some five
DEEPEST_JSON = 64  # lists and objects within each other


def parse_json(text: bytes | str, deepest: int = DEEPEST_JSON) -> Any:
    """The value of a JSON text; bytes may be UTF-8, -16 or -32 and begin with a mark.

    Raises UnreadableError for more than LARGEST_JSON, for anything deeper than `deepest` and
    for what is no JSON: NaN and numbers without end are none.
    """
    if len(text) > LARGEST_JSON:
        raise UnreadableError(f"holds more than {LARGEST_JSON // 2**20} MB of JSON")
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise UnreadableError("holds JSON that is nested too deep") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"holds JSON with a mistake in line {error.lineno}") from error
    except ValueError as error:  # letters that are no Unicode, numbers of thousands of digits
        raise UnreadableError("holds something that is no JSON") from error
    _check_depth(value, deepest)
    return value


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def _check_depth(value: object, deepest: int) -> None:
    level = [value]
    for _ in range(deepest):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else _items(parent))
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise UnreadableError("holds JSON that is nested too deep")


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []
