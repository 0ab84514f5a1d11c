"""YAML at the head of a Markdown file: split, read in bounds, written so that it reads back.

PyYAML and not python-frontmatter, because that one strips the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

MOST_EVENTS = 50_000  # of YAML's parser, which does some 30,000 a second
DEEPEST_HEAD = 12  # lists and members within each other

_MARK = "---"
_LINE_END = re.compile("[\r\n\x85\u2028\u2029]")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


class FrontMatterError(ValueError):
    """The head cannot be read; `line` is that of the file, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Head:
    """Members as people meant them.

    `plain` has every scalar as the text that stands in the file, `typed` as YAML understands it;
    `lines` says where each member begins, from 1.
    """

    plain: dict[str, Any]
    typed: dict[str, Any]
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    """Safe, and without what surprises people: dates, and yes and no for true and false."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] in ("null", "int", "float")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _Dumper(yaml.SafeDumper):
    """Safe, and exact: PyYAML reads some line ends in single quotes as others."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _LINE_END.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)


def split(text: str) -> tuple[str, str]:
    """The YAML between the marks, and what follows the blank line after it; no head is "".

    Of the last line's end one is left away. Line ends stay as they are otherwise.
    """
    first, newline, rest = text.partition("\n")
    closing = _CLOSING.search(rest) if first.rstrip() == _MARK and newline else None
    if closing is None:
        return "", text
    end = "\r\n" if first.endswith("\r") else "\n"
    body = rest[closing.end() :].removeprefix("\n").removeprefix(end)
    return rest[: closing.start()], body.removesuffix(end)


def join(members: dict[str, Any], body: str) -> str:
    """A file whose `split` gives them back exactly."""
    head = yaml.dump(
        members, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return f"{_MARK}\n{head}{_MARK}\n\n{body}\n"


def read_head(text: str) -> Head:
    """The members of a YAML head. Raises FrontMatterError."""
    loader: Any = None
    try:
        _check_events(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Head({}, {}, {})
        if not isinstance(node, yaml.MappingNode):
            raise FrontMatterError(2, "the front matter has no members")
        typed = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError((mark.line if mark else 0) + 2, error.problem or "bad") from error
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        if isinstance(error, FrontMatterError):
            raise
        raise FrontMatterError(2, "the front matter is no YAML") from error
    finally:
        if loader is not None:
            loader.dispose()
    plain = {_plain(key): _plain(value) for key, value in node.value if _is_text(key)}
    lines = {_plain(key): key.start_mark.line + 2 for key, _ in node.value if _is_text(key)}
    return Head(plain, _json_object(typed), lines)


def _check_events(text: str) -> None:
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        line = event.start_mark.line + 2 if event.start_mark else 2
        if isinstance(event, yaml.AliasEvent):  # a few of them can stand for millions
            raise FrontMatterError(line, "references (*) are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if number > MOST_EVENTS:
            raise FrontMatterError(line, "the front matter is too long")
        if depth > DEEPEST_HEAD:
            raise FrontMatterError(line, "the front matter is nested too deep")


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value if _is_text(key)}
    return "" if node.tag.endswith(":null") else node.value


def _json_object(value: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): _json_value(member) for key, member in value.items()}


def _json_value(value: object) -> Any:
    """What YAML knows and JSON does not becomes text."""
    if isinstance(value, dict):
        return _json_object(value)
    if isinstance(value, list):
        return [_json_value(item) for item in value]
    if isinstance(value, float) and value - value != 0:  # no number, or without end
        return str(value)
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
