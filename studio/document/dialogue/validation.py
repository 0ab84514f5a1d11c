"""Everything that can be said about a story without playing it by hand."""

from __future__ import annotations

from collections.abc import Iterator

from studio.document.dialogue.exploring import Exploration, explore
from studio.document.dialogue.findings import Finding, Severity
from studio.document.dialogue.nodes import Call, Condition, Menu, Node, Return, wires
from studio.document.dialogue.possible import possible_outcomes
from studio.document.dialogue.story import Place, Story
from studio.document.dialogue.structure_checks import Cast, check_structure, leads_to, reachable
from studio.document.dialogue.variable_checks import check_variables

_CAUSES = frozenset({"undefined_variable", "bad_expression", "type_error", "unknown_target"})
_EFFECTS = frozenset({"failing_expression", "always_true", "always_false", "choice_never_appears"})
_ORDER = {severity: number for number, severity in enumerate(Severity)}


def validate(story: Story, cast: Cast | None = None) -> list[Finding]:
    """All findings that no author marked as intended: the worst first, then as the story is told.

    What is said about the values of variables holds for every play. Where there are too many
    states to count, less is said, not more.
    """
    exploration = explore(story)
    reached = reachable(story)
    findings = [
        *check_structure(story, cast or Cast()),
        *check_variables(story),
        *_explored(exploration),
        *_conditions(story, exploration, reached),
        *_loose_ends(story, exploration, reached),
        *_closed_circles(story, reached, exploration),
    ]
    order = {
        Place(conversation.id, node.id): number
        for conversation in story.conversations
        for number, node in enumerate(conversation.nodes)
    }
    # An expression that means nothing is one fault, not two.
    broken = {each.place for each in findings if each.code in _CAUSES}
    wanted = (
        each
        for each in dict.fromkeys(findings)
        if not _is_intended(story, each) and not (each.code in _EFFECTS and each.place in broken)
    )
    return sorted(wanted, key=lambda each: (_ORDER[each.severity], order.get(each.place, -1)))


def _is_intended(story: Story, finding: Finding) -> bool:
    node = story.find(finding.place) if finding.place.node else None
    return node is not None and finding.code in node.intended


def _explored(found: Exploration) -> Iterator[Finding]:
    for place, world in found.empty.items():
        reason = "nothing can be picked here any more"
        yield Finding("menu_can_be_empty", place, reason, witness=found.path(world))
    for place, (world, reason) in found.failing.items():
        yield Finding("failing_expression", place, reason, witness=found.path(world))
    for place, world in found.circles.items():
        reason = "from here the play goes round for ever without a choice"
        yield Finding("endless_loop", place, reason, witness=found.path(world))
    for place, world in found.deep.items():
        reason = "calls follow calls here and none returns"
        yield Finding("endless_calls", place, reason, witness=found.path(world))


def _conditions(story: Story, found: Exploration, reached: set[Place]) -> Iterator[Finding]:
    for conversation in story.conversations:
        for node in conversation.nodes:
            place = Place(conversation.id, node.id)
            if place not in reached:
                continue
            for part, condition in _parts(node):
                outcomes = frozenset(found.outcomes.get((place, part), ()))
                if not found.whole and len(outcomes) < 2:
                    outcomes = possible_outcomes(story, condition, conversation.id)
                if len(outcomes) == 1:
                    yield _one_outcome(node, place, part, condition, holds=True in outcomes)


def _parts(node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Condition):
        yield from ((str(number), each.condition) for number, each in enumerate(node.branches))
    elif isinstance(node, Menu):
        yield from ((each.id, each.condition) for each in node.choices if each.condition)


def _one_outcome(node: Node, place: Place, part: str, condition: str, *, holds: bool) -> Finding:
    if isinstance(node, Menu) and not holds:
        text = next(each.text for each in node.choices if each.id == part)
        reason = f"“{text}” can never be picked: “{condition}” is never true"
        return Finding("choice_never_appears", place, reason, part)
    word = "always" if holds else "never"
    return Finding(
        "always_true" if holds else "always_false",
        place,
        f"“{condition}” is {word} true in any play",
        part,
    )


def _loose_ends(story: Story, found: Exploration, reached: set[Place]) -> Iterator[Finding]:
    reason = "the play ends here and no “end” says that it should"
    for place, world in found.loose.items():
        yield Finding("dead_end", place, reason, witness=found.path(world))
    if found.whole:
        return
    for place in sorted(reached - found.loose.keys() - found.seen):
        node = story.find(place)
        # What a condition leads to may be ruled out by its branches.
        if node is not None and not isinstance(node, Condition) and "" in wires(node):
            yield Finding("dead_end", place, reason)


def _closed_circles(story: Story, reached: set[Place], found: Exploration) -> Iterator[Finding]:
    """Circles that no wire leads out of and in which nobody picks."""
    after = {
        place: [
            target
            for target in leads_to(story, node, place.conversation)
            if story.find(target) is not None
        ]
        for place in reached
        if (node := story.find(place)) is not None
    }
    for circle in _strong_components(after):
        inside = set(circle)
        ways = [target for place in circle for target in after[place]]
        nodes = [story.find(place) for place in circle]
        if (
            not ways
            or not inside.issuperset(ways)
            or any(isinstance(node, Menu | Return | Call) for node in nodes)
        ):
            continue
        leaves = any("" in wires(node) for node in nodes if node is not None)
        if not leaves and not found.circles.keys() & inside:
            reason = "from here the play goes round for ever without a choice"
            yield Finding("endless_loop", min(circle), reason)


def _strong_components(after: dict[Place, list[Place]]) -> Iterator[list[Place]]:
    """Tarjan's algorithm (1972), without recursion."""
    number: dict[Place, int] = {}
    low: dict[Place, int] = {}
    stack: list[Place] = []
    inside: set[Place] = set()
    for root in after:
        if root in number:
            continue
        work = [(root, iter(after[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        inside.add(root)
        while work:
            place, targets = work[-1]
            for target in targets:
                if target not in number:
                    number[target] = low[target] = len(number)
                    stack.append(target)
                    inside.add(target)
                    work.append((target, iter(after[target])))
                    break
                if target in inside:
                    low[place] = min(low[place], number[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[place])
                if low[place] == number[place]:
                    component: list[Place] = []
                    while not component or component[-1] != place:
                        component.append(stack.pop())
                        inside.discard(component[-1])
                    yield component
