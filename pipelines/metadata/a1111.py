"""A1111's infotext, which most tools read: prompt, negative prompt and one line of settings.

The rules are those of AUTOMATIC1111's `modules/infotext_utils.py`: values with commas, colons or
line breaks are JSON strings, and a last line counts as settings with three pairs or more.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pipelines.metadata.fields import MAX_SIDE, Fields, as_integer, as_number
from pipelines.metadata.samplers import a1111_name
from pipelines.metadata.settings import Reading, Settings, Texts, Tool

_NEGATIVE = "Negative prompt:"
_KEY = re.compile(r"\w[\w \-/]+")
_LORA = re.compile(r" ?<(?:lora|lyco):([^:<>]+)((?::[^:<>]*)*)>")
_DECODER = json.JSONDecoder(strict=False)
_MIN_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Infotext:
    """The parts of an infotext. `fields` keep their order; values are plain, without quotes."""

    prompt: str
    negative_prompt: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def format_infotext(info: Infotext) -> str:
    """The text as A1111 writes it; `parse_infotext` gives `info` back.

    Only what the format has no way to say is lost: a prompt with a line that begins with
    "Negative prompt:", fields without a value, fewer than three fields.
    """
    lines = [info.prompt] if info.prompt else []
    if info.negative_prompt:
        lines.append(f"{_NEGATIVE} {info.negative_prompt}")
    lines.append(", ".join(f"{key}: {_quoted(value)}" for key, value in info.fields if value))
    return "\n".join(lines)


def _quoted(value: str) -> str:
    plain = value == value.strip() and not value.startswith(('"', "[", "{"))
    if plain and not any(sign in value for sign in ",:\n"):
        return value
    return json.dumps(value, ensure_ascii=False)


def parse_infotext(text: str) -> Infotext:
    """The parts of an infotext; whatever is no settings line belongs to the prompts."""
    lines = text.rstrip().split("\n")
    last, fields = _settings_line(lines)
    prompts, after = lines[:last], lines[last + 1 :]
    for number, line in enumerate(prompts):
        if line.lstrip().startswith(_NEGATIVE):
            first = line.lstrip().removeprefix(_NEGATIVE).removeprefix(" ")
            negative = "\n".join([first, *prompts[number + 1 :]])
            return Infotext("\n".join(prompts[:number]), negative, (*fields, *_notes(after)))
    return Infotext("\n".join(prompts), "", (*fields, *_notes(after)))


def _settings_line(lines: list[str]) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Number and pairs of the settings line; behind the last line if there is none.

    Extensions write lines of their own below it, so the last one that begins with "Steps:" wins.
    """
    for number in reversed(range(len(lines))):
        if lines[number].startswith("Steps:"):
            pairs = _pairs(lines[number])
            if len(pairs) >= _MIN_PAIRS:
                return number, pairs
    pairs = _pairs(lines[-1])
    return (len(lines) - 1, pairs) if len(pairs) >= _MIN_PAIRS else (len(lines), ())


def _pairs(line: str) -> tuple[tuple[str, str], ...]:
    """The `key: value` pairs of a line, in time that grows with its length."""
    pairs = []
    position = 0
    nested = True
    while (colon := line.find(":", position)) >= 0:
        # Words before a comma belong to no pair.
        begin = max(position, line.rfind(",", position, colon) + 1)
        key = line[begin:colon].strip()
        position = colon + 1
        if not _KEY.fullmatch(key):
            continue
        while line[position : position + 1] == " ":
            position += 1
        value, end = None, position
        if line.startswith('"', position):
            value, end = _json_value(line, position)
        elif nested and line.startswith(("[", "{"), position):
            value, end = _json_value(line, position)
            # One list that is none is enough: each further try would read to the end again.
            nested = value is not None
        if value is None:
            end = line.find(",", position)
            end = len(line) if end < 0 else end
            value = line[position:end].strip()
        pairs.append((key, value))
        position = end + 1
    return tuple(pairs)


def _json_value(line: str, position: int) -> tuple[str | None, int]:
    """A quoted value or a bare JSON list or object, and where it ends; None if it is neither."""
    try:
        value, end = _DECODER.raw_decode(line, position)
    except (ValueError, RecursionError):
        return None, position
    while line[end : end + 1] == " ":
        end += 1
    if line[end : end + 1] not in ("", ","):
        return None, position
    return (value if isinstance(value, str) else line[position:end].strip()), end


def _notes(lines: list[str]) -> list[tuple[str, str]]:
    """What extensions wrote below the settings: `Template: …`, over as many lines as it takes."""
    notes: list[tuple[str, str]] = []
    for line in lines:
        key, colon, value = line.partition(":")
        if colon and _KEY.fullmatch(key):
            notes.append((key, value.strip()))
        elif notes:
            notes[-1] = (notes[-1][0], f"{notes[-1][1]}\n{line}")
        else:
            notes.append(("Note", line))
    return notes


def lora_tag(name: str, weight: float) -> str:
    """`<lora:name:0.8>`, as it stands in a prompt."""
    return f"<lora:{name}:{number_text(weight)}>"


def number_text(value: float) -> str:
    """A number as short as it can be read back exactly: 7, not 7.0."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def split_lora_tags(prompt: str) -> tuple[str, tuple[tuple[str, float], ...]]:
    """The prompt without its `<lora:…>` tags (each with one space before it), and what they name.

    Unlike the drawing pipeline's own reading nothing else of the text changes.
    """
    found = []
    for match in _LORA.finditer(prompt):
        weights = [
            as_number(part.partition("=")[2] or part, -100, 100) for part in match[2].split(":")
        ]
        found.append((match[1].strip(), next((w for w in weights if w is not None), 1.0)))
    return (_LORA.sub("", prompt), tuple(found)) if found else (prompt, ())


def settings_of(info: Infotext) -> tuple[Settings, dict[str, str]]:
    """The settings an infotext names, and the pairs that are not understood."""
    fields = Fields(dict(info.fields))
    prompt, loras = split_lora_tags(info.prompt)
    schedule = fields.text("Schedule type", "Scheduler")
    sampler = fields.text("Sampler")
    width, height = _size(fields)
    # With a Hires pass the strength is that pass's, without any start picture.
    hires = any(key.startswith("Hires") for key, _ in info.fields)
    # Civitai writes "Sampler: Undefined" for Flux, together with a clip skip that means nothing.
    undefined = (sampler or "").casefold() == "undefined"
    settings = Settings(
        prompt=prompt,
        negative_prompt=info.negative_prompt,
        width=width,
        height=height,
        steps=fields.steps("Steps"),
        guidance=fields.guidance("Distilled CFG Scale", "CFG scale"),
        scheduler=a1111_name(sampler, schedule),
        seed=fields.seed("Seed"),
        model=fields.name("Model"),
        model_hash=fields.text("Model hash"),
        loras=(*loras, *_hashed_loras(fields, {name for name, _ in loras})),
        clip_skip=None if undefined else fields.layer("Clip skip"),
        strength=None if hires else fields.strength("Denoising strength"),
        vae=fields.name("VAE"),
    )
    return settings, fields.rest()


def _size(fields: Fields) -> tuple[int | None, int | None]:
    match = re.fullmatch(r"\s*(\d{1,6})\s*[x×]\s*(\d{1,6})\s*", str(fields.get("Size")))
    if match is None:
        return None, None
    width, height = (as_integer(side, 1, MAX_SIDE) for side in match.groups())
    if width is None or height is None:
        return None, None
    fields.take("Size")
    return width, height


def _hashed_loras(fields: Fields, named: set[str]) -> list[tuple[str, float]]:
    """Adapters that only `Lora hashes` names. Fooocus adds the weight: `name: hash: 0.5`."""
    entries = [e.split(":") for e in str(fields.get("Lora hashes") or "").split(",") if e.strip()]
    found = []
    for name, *details in entries:
        weight = as_number(details[1], -100, 100) if len(details) > 1 else None
        if weight is not None and name.strip() not in named:
            found.append((name.strip(), weight))
            named.add(name.strip())
    if entries and all(name.strip() in named for name, *_ in entries):
        fields.take("Lora hashes")
    return found


def read(texts: Texts) -> Reading | None:
    """Any picture with an infotext, whoever wrote it."""
    for key in ("parameters", "UserComment", "comment"):
        text = texts.get(key)
        if text is None or text.lstrip().startswith("{"):
            continue
        info = parse_infotext(text.replace("\r\n", "\n"))
        if info.fields:
            settings, unknown = settings_of(info)
            return Reading(Tool.A1111, settings, frozenset({key}), text, unknown)
    return None
