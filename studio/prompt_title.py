"""What a picture is called in the window: words of its prompt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines import prompts

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE_LENGTH = 48
_MENTION = re.compile(r"(?<![\w\\@])@(?:\[([^\]\n]+)\]|(?=\w))")


def typed_prompt(settings: Mapping[str, object]) -> str:
    """What was typed for a picture, from the JSON of its request; "" where it is the prompt.

    A picture is called by the names that stand there, not by what they mean.
    """
    typed = settings.get("typed_prompt")
    return typed if isinstance(typed, str) else ""


def title_of(prompt: str) -> str:
    """What a batch is called: the prompt's first phrase, without weights, LoRA tags and `@`.

    A prompt of nothing else is its own title.
    """
    named = _MENTION.sub(lambda mention: mention[1] or "", prompt)
    phrases = prompts.plain(prompts.split_loras(named)[0]).replace("\n", ",").split(",")
    joined = (" ".join(phrase.split()) for phrase in (*phrases, prompt))
    words = next(filter(None, joined), "")
    if len(words) > TITLE_LENGTH:
        words = words[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]
