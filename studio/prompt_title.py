"""What a picture is called in the window: words of its prompt."""

from __future__ import annotations

from pipelines import prompts

TITLE_LENGTH = 48


def title_of(prompt: str) -> str:
    """What a batch is called: the prompt's first phrase, without brackets, weights and LoRA tags.

    A prompt of nothing else is its own title.
    """
    phrases = prompts.plain(prompts.split_loras(prompt)[0]).replace("\n", ",").split(",")
    named = (" ".join(phrase.split()) for phrase in (*phrases, prompt))
    words = next(filter(None, named), "")
    if len(words) > TITLE_LENGTH:
        words = words[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]
