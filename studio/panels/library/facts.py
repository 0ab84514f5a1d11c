"""What a picture was made with, as rows of a table, and what differs between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from studio.document.bible.fingerprint import MADE_FROM, read_made_from
from studio.library_index import model_name
from studio.panels.library.wording import pixels, say, tool
from studio.plain_facts import moment
from studio.widgets.seed_field import seed_text

if TYPE_CHECKING:
    from studio.library import Entry

Titles = Callable[[str], str]
"""What the window calls a model, by the name the index has."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the table: what it is, and how both have it."""

    name: str
    first: str
    second: str


def settings_rows(entry: Entry, title_of_model: Titles) -> list[tuple[str, str]]:
    """Names and values of everything the picture says; nothing for what it does not."""
    said = entry.settings
    model = model_name(said)
    rows = [
        (say("Made with"), tool(entry.tool)),
        (say("Model"), title_of_model(model) if model else ""),
        (say("Model hash"), _plain(said.get("model_hash"))),
        (say("Steps"), _plain(said.get("steps"))),
        (say("Guidance"), _decimal(said.get("guidance"))),
        (say("Scheduler"), _plain(said.get("scheduler"))),
        (say("Seed"), "" if entry.seed is None else seed_text(entry.seed)),
        (say("Start picture"), _file(said.get("init_image"))),
        (say("Strength"), _strength(entry)),
        (say("LoRA"), ", ".join(_loras(said.get("loras")))),
        (say("Embeddings"), ", ".join(_files(said.get("embeddings")))),
        (say("VAE"), _file(said.get("vae"))),
        (say("Clip skip"), _plain(said.get("clip_skip") or None)),
        (say("Made from"), ", ".join(used.name for used in read_made_from(said.get(MADE_FROM)))),
        (say("Asked size"), _asked_size(entry)),
        (say("Negative prompt"), _plain(said.get("negative_prompt"))),
    ]
    return [(name, value) for name, value in rows if value]


def differences(first: Entry, second: Entry, title_of_model: Titles) -> list[Difference]:
    """The rows that are not alike, in the order of the table; then words, size and time."""
    one, two = (dict(settings_rows(entry, title_of_model)) for entry in (first, second))
    names = list(dict.fromkeys((*one, *two)))
    rows = [Difference(name, one.get(name, "–"), two.get(name, "–")) for name in names]
    rows.append(Difference(say("Words"), *_different_words(first.prompt, second.prompt)))
    sizes = (pixels(entry.width, entry.height) for entry in (first, second))
    rows.append(Difference(say("Size"), *sizes))
    rows.append(Difference(say("Made"), moment(first.made), moment(second.made)))
    return [row for row in rows if row.first != row.second]


def _different_words(first: str, second: str) -> tuple[str, str]:
    """The phrases that only one of two prompts has; whole prompts where they only are elsewhere."""
    one, two = (
        [" ".join(phrase.split()) for phrase in prompt.replace("\n", ",").split(",")]
        for prompt in (first, second)
    )
    only_one = ", ".join(phrase for phrase in one if phrase and phrase not in two)
    only_two = ", ".join(phrase for phrase in two if phrase and phrase not in one)
    if first != second and not only_one and not only_two:
        return first, second
    return only_one or "–", only_two or "–"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if isinstance(value, (str, int)) and value != "" else ""


def _decimal(value: object) -> str:
    """ "4.0", "5.5": a whole number is one of a scale too."""
    text = _plain(value)
    return f"{text}.0" if text.isdigit() else text


def _file(value: object) -> str:
    return PurePath(value).stem if isinstance(value, str) and value else ""


def _files(value: object) -> list[str]:
    return [_file(each) for each in value] if isinstance(value, list) else []


def _asked_size(entry: Entry) -> str:
    """Where the picture was made larger, or cut, after it was drawn."""
    match entry.settings:
        case {"width": int() as width, "height": int() as height} if width and height:
            return "" if (width, height) == (entry.width, entry.height) else pixels(width, height)
    return ""


def _strength(entry: Entry) -> str:
    """A request always has one; it means nothing without a picture to begin from."""
    said = entry.settings
    if "kind" in said and not said.get("init_image"):
        return ""
    return _plain(said.get("strength"))


def _loras(value: object) -> list[str]:
    """ "ink-wash 0.8": from our requests or from another tool's pairs."""
    found = []
    for lora in value if isinstance(value, list) else []:
        match lora:
            case {"path": str(path), "weight": int() | float() as weight}:
                found.append(f"{_file(path)} {weight:g}")
            case [str(name), int() | float() as weight]:
                found.append(f"{name} {weight:g}")
    return found
