"""Stories that every runtime must play as our interpreter does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.document.dialogue.script_parser import parse_script
from studio.document.dialogue.structure_checks import entries
from studio.document.dialogue.transcript import entry
from studio.document.dialogue.walking import walk
from tests.document.dialogue.stories import HARBOR

if TYPE_CHECKING:
    from studio.document.dialogue.story import Place, Story

SCRIPTS = {
    "harbor": HARBOR,
    "once": "=== c\n== M\n* One\n    Mara: 1\n    -> M\n* Two\n    -> M\n+ Out\n    end\n",
    "otherwise": "=== c\n== M\n* One\n    -> M\n* Two\n    -> M\notherwise\n    Done.\n    end\n",
    "visits": (
        '=== c\n== M\nMara: {visits("M")} times.\n'
        '+ Again [if visits("M") < 4]\n    -> M\n+ Out [if visited("M")]\n    end\n'
    ),
    "gather": "=== c\n+ A\n    Mara: a\n+ B\n    Mara: b\nMara: Both.\n+ C\n+ D\nBye.\nend\n",
    "nested": (
        "var a: number = 1\n=== c\n+ A\n    + AA\n        set a = a * 2\n    + AB\n"
        "        set a = a - 3\n    Mara: {a}\n+ B\n    if a > 1\n        Mara: no\n"
        "    elif a == 1\n        Mara: one\n    else\n        Mara: no\nMara: {a + 1}.\nend\n"
    ),
    "enum": (
        'var mood: "calm" | "angry" = "calm"\n=== c\n== M\n'
        '+ Calm\n    set mood = "calm"\n    -> N\n'
        '+ Angry\n    set mood = "angry"\n    -> N\n== N\n'
        'if mood == "angry" and not (mood == "calm")\n'
        "    Mara: {mood}!\n    -> M\nelse\n    end\n"
    ),
    "arithmetic": (
        "var a: number = 7\nvar b: number = -2\n=== c\n"
        "Mara: {a / 2} {a % 4} {-a + b * 3} {(a - b) * 2} {a - (b - 1)} {a / 4 / 2} {b % 3}\n"
        "if -a < b and (a > 100 or b < 0)\n    Mara: yes\n    end\nelse\n    end\n"
    ),
    "chance": ("=== c\nrandom\n- 3\n    Mara: often\n    end\n-\n    Mara: seldom\n    end\n"),
    "jumps": (
        "var n: number = 0\n=== c\n== A\nset n = n + 1\n+ On [if n < 3]\n    jump A\n"
        "+ Other\n    jump d/\n=== d\nvar n2: bool = true\n"
        "if n2\n    Mara: {n}\n    set n2 = false\n"
        "    jump c/A\nelse\n    end\n"
    ),
    "local": (
        "=== c\nvar x: number = 1\nMara: {x}\nset x = 2\njump d/\n=== d\nvar x: number = 5\n"
        "Mara: {x}\nend\n"
    ),
}


def stories() -> dict[str, Story]:
    return {name: parse_script(script) for name, script in SCRIPTS.items()}


def our_play(story: Story, seed: int) -> tuple[list[Any], str]:
    """The transcript, and how it ended; a play that nothing follows is over in most runtimes."""
    done = walk(story, start(story), seed)
    lines = [line for event in done.events if (line := entry(event)) is not None]
    return lines, done.end.reason


def start(story: Story) -> Place:
    return entries(story)[0]
