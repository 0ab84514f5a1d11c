"""Stories for tests: by hand, and any that Hypothesis thinks of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

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
from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.story import Conversation, Story, Variable, VariableType
from studio.document.dialogue.template import literal

HARBOR = """\
var trust: number = 0
var met: bool = false

=== harbor: The harbour
var asked: bool = false

Mara: You came back.
Mara: I count {trust} favours between us.
-> Menu

== Menu
+ Ask about the lighthouse [if not asked]
    Mara: It has been dark since the storm.
    set trust = trust + 1
    set asked = true
    -> Menu
+ Offer to climb up [if trust > 0]
    -> Lighthouse
+ Leave
    Mara: Suit yourself.
    -> Ending

== Lighthouse
set met = true
if visits("Lighthouse") > 1
    Keeper: You again.
    -> Ending
else
    Rain on glass.
    -> Ending

== Ending
The tide turns.
end
"""

EDGES = st.sampled_from("abc \\#:[]{}/=->+*\n\t'\"\u2028\u00a0é日🎭\x00\ud800")
TEXTS = st.text(EDGES, max_size=6) | st.sampled_from(
    ["if", "end", "return", "var x", "[if a]", "a #b", "menu", "a: b", ": x", "...", "\\n"]
)
TEMPLATES = TEXTS.map(literal) | st.just('{trust} of {visits("a#b: \\"") + 1}')
EXPRESSIONS = st.sampled_from(
    ["true", "trust > 1", 'mood == "calm #b"', "not met and (trust < 2 or met)", 'visited("x y")']
)
_TAGS = st.lists(TEXTS | st.sampled_from(["id:x", "line:y", "intended:z"]), max_size=2).map(tuple)


def harbor() -> Story:
    """A small conversation with everything that is usual."""
    return parse_script(HARBOR)


def whatever_the_order(story: Story) -> Story:
    """With nodes by their ids: their own order is that of the text, which is the writer's."""
    return replace(
        story,
        conversations=tuple(
            replace(each, nodes=tuple(sorted(each.nodes, key=lambda node: node.id)))
            for each in story.conversations
        ),
    )


def told(script: str) -> Story:
    """The story of a script whose conversation is called `c`."""
    return parse_script(f"=== c\n{script}")


@st.composite
def conversations(draw: st.DrawFn, id_: str = "here") -> Conversation:
    """Any graph, also with circles, islands and targets that there are not."""
    ids = [f"n_{number}" for number in range(draw(st.integers(1, 7)))]
    targets = st.sampled_from([*ids, *ids, "", "n_gone"])
    places = targets.filter(bool) | st.sampled_from(["other/", "other/n_0", "other/n_gone"])
    nodes = tuple(draw(_nodes(node_id, targets, places)) for node_id in ids)
    first = nodes[0]
    return Conversation(
        id_,
        draw(TEXTS.filter(lambda text: text == text.strip("\t "))),
        first.id,
        nodes,
        draw(st.lists(_VARIABLES, max_size=2, unique_by=lambda each: each.name).map(tuple)),
        {ids[0]: (1.5, 2.0)},
        9,
        {"frames": [1]},
    )


def stories() -> st.SearchStrategy[Story]:
    """Two conversations that may jump to each other."""
    other = parse_script("=== other\nHello.\n").conversations[0]
    other = replace(
        other, start="n_0", nodes=tuple(replace(node, id="n_0") for node in other.nodes)
    )
    return st.builds(
        lambda here, variables: Story((here, other), tuple(variables), {"later": True}),
        conversations(),
        st.lists(_VARIABLES, max_size=2, unique_by=lambda each: each.name),
    )


def _nodes(
    node_id: str, targets: st.SearchStrategy[str], places: st.SearchStrategy[str]
) -> st.SearchStrategy[Node]:
    common: dict[str, Any] = {
        "id": st.just(node_id),
        "title": st.just("") | TEXTS,
        "tags": _TAGS,
        "intended": st.just(()) | st.just(("dead_end",)),
        "extras": st.just({}) | st.just({"later": 1}),
    }
    choices = st.builds(
        Choice,
        id=st.just(""),
        text=TEMPLATES,
        target=targets,
        condition=st.just("") | EXPRESSIONS,
        once=st.booleans(),
        line_id=st.sampled_from(["l_1", "l_2"]),
        tags=_TAGS,
    )
    numbered = st.lists(choices, max_size=3).map(
        lambda found: tuple(
            replace(each, id=f"c_{node_id}_{number}") for number, each in enumerate(found)
        )
    )
    branches = st.lists(st.builds(Branch, condition=EXPRESSIONS, target=targets), min_size=1)
    chances = st.builds(Chance, weight=st.sampled_from([1.0, 2.0, 0.5]), target=targets)
    after = {"next": targets}
    lines: dict[str, Any] = {"text": TEMPLATES, "speaker": TEXTS, "line_id": st.just("l_3")}
    return st.one_of(
        st.builds(Line, **common, **after, **lines),
        st.builds(Menu, **common, choices=numbered, fallback=st.none() | targets),
        st.builds(Condition, **common, branches=branches.map(tuple), otherwise=targets),
        st.builds(Set, **common, **after, variable=st.just("trust"), value=EXPRESSIONS),
        st.builds(Jump, **common, target=places),
        st.builds(Call, **common, **after, target=places),
        st.builds(Return, **common),
        st.builds(Random, **common, chances=st.lists(chances, max_size=2).map(tuple)),
        st.builds(Comment, **common, **after, text=TEXTS),
        st.builds(End, **common),
    )


_VARIABLES = st.one_of(
    st.builds(Variable, st.just("met"), st.just(VariableType.BOOL), st.booleans()),
    st.builds(
        Variable,
        st.sampled_from(["trust", "quest.lit"]),
        st.just(VariableType.NUMBER),
        st.sampled_from([0.0, -1.5, 1e20, 3.0]),
    ),
    st.builds(Variable, st.just("name"), st.just(VariableType.STRING), st.text('a="\\\n#|')),
    st.just(Variable("mood", VariableType.ENUM, "a | b", ("calm", "a | b", 'x = "y"'))),
)
