"""Stories as JSON: documents of a project, and files; tolerant, and nothing unknown is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from studio.document.bible.entry_json import finite_number
from studio.document.dialogue.ids import CONVERSATION_ID
from studio.document.dialogue.nodes import (
    Branch,
    Call,
    Chance,
    Choice,
    Comment,
    Condition,
    End,
    Jump,
    Line,
    Menu,
    Node,
    Random,
    Return,
    Set,
)
from studio.document.dialogue.story import Conversation, Story, Value, Variable, VariableType
from studio.document.documents import Document, write_json_text
from studio.document.errors import ProjectError

CONVERSATION_KIND = "conversation"
VARIABLES_KIND = "story_variables"
VARIABLES_KEY = "story/variables"
SCHEMA = 1
_PREFIX = "conversation/"

KINDS: Mapping[str, type[Node]] = {
    "line": Line,
    "menu": Menu,
    "condition": Condition,
    "set": Set,
    "jump": Jump,
    "call": Call,
    "return": Return,
    "random": Random,
    "comment": Comment,
    "end": End,
}
"""The member `kind` of a node."""

_NAMES = {node: kind for kind, node in KINDS.items()}
_Parts = Choice | Branch | Chance | Node
_Made = TypeVar("_Made", bound=_Parts)


def read_story(documents: Iterable[Document]) -> Story:
    """The conversations of a project and their variables. Raises ProjectError as below."""
    conversations: list[Conversation] = []
    variables: tuple[Variable, ...] = ()
    extras: dict[str, Any] = {}
    for document in documents:
        if document.kind == CONVERSATION_KIND and document.key.startswith(_PREFIX):
            id_ = document.key.removeprefix(_PREFIX)
            conversations.append(conversation_from_json(document.data, id_))
        elif document.kind == VARIABLES_KIND and document.key == VARIABLES_KEY:
            extras = {name: each for name, each in document.data.items() if name != "variables"}
            variables = _variables(document.data.get("variables"))
    return Story(tuple(conversations), variables, extras)


def conversation_document(conversation: Conversation) -> Document:
    """Raises ProjectError for what cannot be kept in a project."""
    key = f"{_PREFIX}{conversation.id}"
    return Document.make(key, CONVERSATION_KIND, conversation_to_json(conversation))


def variables_document(story: Story) -> Document:
    """The variables of all conversations. Raises ProjectError."""
    data = story.extras | {"variables": [_variable_json(each) for each in story.variables]}
    return Document.make(VARIABLES_KEY, VARIABLES_KIND, data)


def story_from_text(text: str) -> Story:
    """A story from a JSON file. Raises ProjectError with the place where it is no JSON."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProjectError(
            "bad_story",
            f"This is no whole JSON: line {error.lineno}, column {error.colno}.",
            "Check whether the file was cut off.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ProjectError("bad_story", "This JSON is nested too deep to be read.") from error
    if not isinstance(data, dict) or not isinstance(data.get("conversations"), list):
        raise ProjectError(
            "bad_story",
            "This JSON holds no conversations.",
            "A story is an object with a list “conversations”.",
        )
    conversations: list[Conversation] = []
    for number, each in enumerate(data["conversations"], start=1):
        id_ = each.get("id") if isinstance(each, dict) else None
        if not isinstance(id_, str) or any(id_ == other.id for other in conversations):
            raise ProjectError("bad_story", f"Conversation {number} has no id of its own.")
        conversations.append(conversation_from_json(each, id_))
    known = ("conversations", "variables", "schema_version")
    extras = {name: value for name, value in data.items() if name not in known}
    return Story(tuple(conversations), _variables(data.get("variables")), extras)


def story_to_text(story: Story) -> str:
    """What `story_from_text` reads: sorted members, one a line."""
    data = story.extras | {
        "schema_version": SCHEMA,
        "variables": [_variable_json(each) for each in story.variables],
        "conversations": [
            {"id": each.id} | conversation_to_json(each) for each in story.conversations
        ],
    }
    return write_json_text(data, indent=1) + "\n"


def conversation_to_json(conversation: Conversation) -> dict[str, Any]:
    """Positions lie apart from the nodes, so that moving one does not change what is said."""
    data = dict(conversation.extras)
    data["nodes"] = [_part_json(node) for node in conversation.nodes]
    data["start"], data["title"] = conversation.start, conversation.title
    data["lines_made"] = conversation.lines_made
    if conversation.variables:
        data["variables"] = [_variable_json(each) for each in conversation.variables]
    if conversation.positions:
        data["positions"] = {name: list(at) for name, at in conversation.positions.items()}
    return data


def conversation_from_json(data: Mapping[str, Any], id_: str) -> Conversation:
    """Members of a wrong type fall back to their defaults.

    Raises ProjectError for an id that cannot name a conversation, and for a node without an id or
    of a kind that this version does not know: it could not be kept in a script.
    """
    if not CONVERSATION_ID.fullmatch(id_):
        raise ProjectError("bad_story", f"“{id_[:60]}” cannot be the id of a conversation.")
    known = {"id", "nodes", "start", "title", "lines_made", "variables", "positions"}
    made = data.get("lines_made")
    return Conversation(
        id_,
        _text(data.get("title")),
        _text(data.get("start")),
        tuple(_node(each, id_) for each in _list(data.get("nodes"))),
        _variables(data.get("variables")),
        _positions(data.get("positions")),
        made if isinstance(made, int) and not isinstance(made, bool) and made > 0 else 0,
        {name: value for name, value in data.items() if name not in known},
    )


def _node(data: Any, conversation: str) -> Node:
    kind = data.get("kind") if isinstance(data, dict) else None
    made = KINDS.get(kind) if isinstance(kind, str) else None
    if made is None or not _text(data.get("id")):
        raise ProjectError(
            "bad_story",
            f"“{conversation}” holds a node without an id or of the unknown kind “{kind}”.",
            "It may come from a newer version of this program.",
        )
    return _part(made, data)


def _part(made: type[_Made], data: Mapping[str, Any]) -> _Made:
    """What cannot be read lies in `extras` as it was, and is written again until it is changed."""
    names = [each.name for each in fields(made) if each.name != "extras"]
    known = {name: _READERS[name](data.get(name)) for name in names}
    if made is Menu and data.get("fallback") is None:
        known["fallback"] = None
    extras = {
        name: value
        for name, value in data.items()
        if name != "kind" and (name not in known or _plain(known[name]) != value)
    }
    return made(**known, extras=extras)


def _part_json(part: _Parts) -> dict[str, Any]:
    data = dict(part.extras)
    if isinstance(part, Node):
        data["kind"] = _NAMES[type(part)]
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name == "extras":
            continue
        if each.name in part.extras and _READERS[each.name](part.extras[each.name]) == value:
            continue
        data.pop(each.name, None)
        if each.default is MISSING or value != each.default:
            data[each.name] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _part_json(value) if isinstance(value, _Parts) else value


def _variables(value: Any) -> tuple[Variable, ...]:
    return tuple(map(_variable, (each for each in _list(value) if isinstance(each, dict))))


def _variable(data: Mapping[str, Any]) -> Variable:
    kind = data.get("type")
    type_ = VariableType(kind) if kind in set(VariableType) else VariableType.STRING
    values = _texts(data.get("values"))
    initial: Value
    match type_:
        case VariableType.BOOL:
            initial = data.get("initial") is True
        case VariableType.NUMBER:
            initial = finite_number(data.get("initial"))
        case VariableType.STRING:
            initial = _text(data.get("initial"))
        case VariableType.ENUM:
            initial = _text(data.get("initial")) or (values[0] if values else "")
    known = ("name", "type", "initial", "values")
    extras = {name: each for name, each in data.items() if name not in known}
    return Variable(_text(data.get("name")), type_, initial, values, extras)


def _variable_json(variable: Variable) -> dict[str, Any]:
    data = dict(variable.extras)
    data |= {"name": variable.name, "type": str(variable.type), "initial": variable.initial}
    return data | ({"values": list(variable.values)} if variable.values else {})


def _positions(value: Any) -> dict[str, tuple[float, float]]:
    pairs = value if isinstance(value, dict) else {}
    return {
        name: (finite_number(at[0]), finite_number(at[1]))
        for name, at in pairs.items()
        if isinstance(at, list) and len(at) == 2
    }


def _weight(value: Any) -> float:
    number = finite_number(value, 1.0)
    return number if number > 0 else 1.0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in _list(value) if isinstance(each, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _parts(made: type[_Made]) -> Callable[[Any], tuple[_Made, ...]]:
    return lambda value: tuple(_part(made, each) for each in _list(value) if isinstance(each, dict))


_READERS: dict[str, Callable[[Any], Any]] = {
    "id": _text,
    "title": _text,
    "text": _text,
    "speaker": _text,
    "line_id": _text,
    "next": _text,
    "target": _text,
    "otherwise": _text,
    "fallback": _text,
    "condition": _text,
    "variable": _text,
    "value": _text,
    "tags": _texts,
    "intended": _texts,
    "once": lambda value: value is True,
    "weight": _weight,
    "choices": _parts(Choice),
    "branches": _parts(Branch),
    "chances": _parts(Chance),
}
