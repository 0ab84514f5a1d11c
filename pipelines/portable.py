"""Requests as a picture carries them: what a stranger may read, and what another machine finds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_HOME = "~"


def portable(request: Mapping[str, Any], home: Path | None = None) -> dict[str, Any]:
    """The JSON of a request without the name of the home folder, which is often the person's.

    Paths below it begin with `~`. A start picture is named where it came from, not by its copy in
    the queue; the wildcards' folder is left out, the prompt in the picture has them chosen.
    """
    told = dict(request)
    for copy, source in (("init_image", "init_source"), ("picture", "picture_source")):
        if copy in told:
            told[copy] = told.pop(source, "") or told[copy]
    told.pop("wildcards", None)
    home = home or Path.home()
    shortened: dict[str, Any] = _mapped(told, lambda text: _shortened(text, home))
    return shortened


def located(request: Mapping[str, Any], home: Path | None = None) -> dict[str, Any]:
    """The other way: `~` is this person's home folder."""
    home = home or Path.home()
    expanded: dict[str, Any] = _mapped(dict(request), lambda text: _expanded(text, home))
    return expanded


def _mapped(value: Any, change: Any, key: str = "") -> Any:
    """Changes every text but the prompts, in lists and mappings too."""
    if isinstance(value, Mapping):
        return {name: _mapped(each, change, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(each, change, key) for each in value]
    if isinstance(value, str) and not key.endswith("prompt"):
        return change(value)
    return value


def _shortened(text: str, home: Path) -> str:
    path = Path(text)
    if not path.is_absolute() or not path.is_relative_to(home) or home == Path(home.anchor):
        return text
    return (_HOME / path.relative_to(home)).as_posix()


def _expanded(text: str, home: Path) -> str:
    return str(home / text[2:]) if text.startswith(f"{_HOME}/") else text
