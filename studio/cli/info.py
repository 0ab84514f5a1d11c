"""`fabula info`: what a picture says about how it was made, whatever program wrote it."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.pictures import PictureInfo, Tool, read_info
from studio.cli.following import DONE, FAILED, say_failure
from studio.cli.terminal import printable

if TYPE_CHECKING:
    import argparse

HELP = "say how pictures were made"

_TOOLS = {
    Tool.FABULA: "Fabula Studio",
    Tool.A1111: "A1111 or a relative",
    Tool.COMFYUI: "ComfyUI",
    Tool.INVOKEAI: "InvokeAI",
    Tool.FOOOCUS: "Fooocus",
    Tool.DRAW_THINGS: "Draw Things",
    Tool.SWARMUI: "SwarmUI",
    Tool.NOVELAI: "NovelAI",
    Tool.UNKNOWN: "unknown",
}
_NAMES = {
    "prompt": "Prompt",
    "negative_prompt": "Negative prompt",
    "width": "Asked width",
    "height": "Asked height",
    "steps": "Steps",
    "guidance": "Guidance",
    "scheduler": "Scheduler",
    "seed": "Seed",
    "model": "Model",
    "model_hash": "Model hash",
    "loras": "LoRAs",
    "clip_skip": "Clip skip",
    "strength": "Strength",
    "vae": "VAE",
}
_COLUMN = 20
_WIDTH = 100
_LONGEST = 400  # letters of what was not understood; `--json` has all of it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pictures", nargs="+", type=Path, metavar="PICTURE", help="PNG, JPEG or WebP files"
    )
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a picture, each on its own line"
    )


def run(options: argparse.Namespace) -> int:
    code = DONE
    for number, path in enumerate(options.pictures):
        try:
            info = read_info(path)
        except PipelineError as error:
            say_failure(str(error), error.hint)
            code = FAILED
            continue
        if options.json:
            print(json.dumps(as_json(path, info)))
        else:
            print("\n" * bool(number) + as_text(path, info))
    return code


def as_json(path: Path, info: PictureInfo) -> dict[str, Any]:
    """Everything the picture says. `settings` holds null for what it does not say, `unknown` what
    was not understood, `request` the whole request of a picture of ours, `raw` the text itself.
    """
    return {"path": str(path), **asdict(info)}


def as_text(path: Path, info: PictureInfo) -> str:
    """The same for a person, a line a fact."""
    lines = [
        str(path),
        _line("Size", f"{info.width} × {info.height} pixels"),
        _line("Made with", _TOOLS[info.tool]),
    ]
    for name, label in _NAMES.items():
        value = getattr(info.settings, name)
        if value not in (None, (), ""):
            lines.append(_line(label, _value(value)))
    if len(lines) == 3 and not info.unknown:
        lines[2] = "  It does not say how it was made."
    if info.unknown:
        lines.append("  Not understood")
        lines += [_line(f"  {key}", _short(text)) for key, text in info.unknown.items()]
    return "\n".join(printable(line) for line in lines)


def _line(label: str, value: str) -> str:
    first = f"  {printable(label):<{_COLUMN}}"
    wrapped = textwrap.wrap(value, _WIDTH - len(first)) or [""]
    return f"\n{' ' * len(first)}".join([first + wrapped[0], *wrapped[1:]])


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{name} ({weight:g})" for name, weight in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} letters)"
