"""What the parts of a story are called in Yarn."""

from __future__ import annotations

from studio.document.dialogue.nodes import Call, Jump
from studio.document.dialogue.script_layout import lay_out
from studio.document.dialogue.story import Place, Story, Value
from studio.document.dialogue.structure_checks import leads_to
from studio.document.dialogue.variable_checks import counted_places
from studio.formats.dialogue_export import free_word


class YarnNames:
    """`variables` by their unique key, and `declared` by their names in Yarn with what they begin
    with; `counted` are the variables that count visits; `heads` are the ids of what becomes a node
    of Yarn, for each conversation, and `titles` their titles.
    """

    def __init__(self, story: Story) -> None:
        self._story = story
        self.declared: dict[str, Value] = {}
        self.variables = {
            key: self.declare(key, value) for key, value in story.initial_values().items()
        }
        self.counted = self._counters()
        self.heads: dict[str, list[str]] = {}
        self.titles = self._name_nodes()

    def declare(self, wanted: str, value: Value) -> str:
        """A new variable with a name as near to `wanted` as Yarn takes."""
        name = free_word(wanted, self.declared, "v")
        self.declared[name] = value
        return name

    def _counters(self) -> dict[Place, str]:
        places = [
            place
            for conversation in self._story.conversations
            for node in conversation.nodes
            for place in counted_places(self._story, node, conversation.id)
        ]
        return {
            place: self.declare(f"visits_{self._word(place)}", 0.0)
            for place in dict.fromkeys(places)
        }

    def _word(self, place: Place) -> str:
        node = self._story.find(place)
        return (node.title if node else "") or place.node

    def _name_nodes(self) -> dict[Place, str]:
        named = {
            place
            for conversation in self._story.conversations
            for node in conversation.nodes
            if isinstance(node, Jump | Call)
            for place in leads_to(self._story, node, conversation.id)
        }
        titles: dict[Place, str] = {}
        taken: set[str] = set()
        for conversation in self._story.conversations:
            forced = {place.node for place in named if place.conversation == conversation.id}
            heads = lay_out(conversation, forced, flat=True).heads
            self.heads[conversation.id] = heads
            for head in heads:
                place = Place(conversation.id, head)
                wanted = self._word(place)
                if head == heads[0]:
                    wanted = conversation.id if titles else "Start"
                titles[place] = free_word(wanted, taken, "Node")
                taken.add(titles[place])
        return titles
