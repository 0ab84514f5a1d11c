"""Requests as JSON with `kind` and `schema`, for the queue, the pictures and the project."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipelines.api import TextToImageRequest
from pipelines.edit_requests import InpaintRequest, RemoveRequest
from pipelines.enhance_requests import EnlargeRequest, StyleRequest

REQUESTS: dict[str, type] = {
    request.kind: request
    for request in (
        TextToImageRequest,
        InpaintRequest,
        RemoveRequest,
        StyleRequest,
        EnlargeRequest,
    )
}


class CodecError(ValueError):
    """The JSON is no request that this version knows."""


def to_json(request: Any) -> dict[str, Any]:
    """A request as plain JSON values."""
    return {"kind": request.kind, "schema": request.schema, **dataclasses.asdict(request)}


def from_json(data: object) -> Any:
    """The request that `to_json` made `data` of.

    Fields it does not have take their defaults; fields this version does not know are left out.
    Raises CodecError for an unknown kind, a newer schema or a value of the wrong type.
    """
    if not isinstance(data, Mapping):
        raise CodecError(f"a request cannot be {data!r}")
    kind = REQUESTS.get(str(data.get("kind")))
    if kind is None:
        raise CodecError(f"unknown kind of request: {data.get('kind')!r}")
    newest: int = getattr(kind, "schema", 0)
    if not isinstance(data.get("schema"), int) or data["schema"] > newest:
        raise CodecError(f"request of schema {data.get('schema')!r}, known up to {newest}")
    return _build(kind, data)


def _build(kind: type, data: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        if field.name in data:
            values[field.name] = _value(hints[field.name], data[field.name], field.name)
    try:
        return kind(**values)
    except TypeError as error:  # a field without default is missing
        raise CodecError(str(error)) from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)  # slow: a long queue would hold up the start for seconds


def _value(hint: Any, value: Any, name: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list | tuple):
        item = typing.get_args(hint)[0]
        return tuple(_value(item, each, name) for each in value)
    if origin is Mapping and isinstance(value, Mapping):
        item = typing.get_args(hint)[1]
        return {str(key): _value(item, each, name) for key, each in value.items()}
    if origin in (types.UnionType, typing.Union):
        options = typing.get_args(hint)
        if value is None and type(None) in options:
            return None
        return _value(next(o for o in options if o is not type(None)), value, name)
    if dataclasses.is_dataclass(hint) and isinstance(value, Mapping):
        return _build(typing.cast("type", hint), value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if (
        isinstance(hint, type)
        and isinstance(value, hint)
        and not (hint is int and isinstance(value, bool))
    ):
        return value
    raise CodecError(f"{name} cannot be {value!r}")
