"""Where ComfyUI and A1111 were told to look for models: their own settings, read and never run."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMFY_SETTINGS = ("extra_model_paths.yaml", "extra_model_paths.yml")
A1111_SETTINGS = ("webui-user.sh", "webui-user.bat")

_LARGEST = 1024 * 1024  # bytes of settings that people write by hand
_COMFY_KEYS = (
    "checkpoints", "diffusers", "diffusion_models", "embeddings", "loras", "unet", "vae",
)  # fmt: skip
_A1111_OPTIONS = frozenset(
    {"--ckpt-dir", "--ckpt-dirs", "--data-dir", "--embeddings-dir", "--lora-dir", "--vae-dir"}
)
_ARGUMENTS = re.compile(r"^\s*(?:export|set)?\s*COMMANDLINE_ARGS\s*=\s*(.*)$", re.MULTILINE)


def with_foreign(folders: Iterable[Path]) -> tuple[Path, ...]:
    """`folders`, and those that the settings of another program in one of them name, each once.

    A file of such settings may be given itself. Folders that are not there are left out, unless
    they were given; settings that cannot be read name none.
    """
    found: dict[Path, None] = {}
    for folder in folders:
        settings = [folder] if folder.suffix in (".yaml", ".yml") else []
        if not settings:
            found[folder] = None
            settings = [folder / name for name in (*COMFY_SETTINGS, *A1111_SETTINGS)]
        for file in settings:
            for named in _named_in(file):
                if os.path.isdir(named):
                    found.setdefault(named)
    return tuple(found)


def _named_in(file: Path) -> Iterator[Path]:
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_LARGEST)
    except OSError:
        return
    names = _of_a1111(text) if file.name in A1111_SETTINGS else _of_comfy(text)
    for name in names:
        yield file.parent.absolute() / Path(name).expanduser()


def _of_comfy(text: str) -> Iterator[str]:
    """Sections with a `base_path` and folders by kind, several in lines of one text."""
    try:
        sections = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    for section in sections.values() if isinstance(sections, dict) else ():
        if not isinstance(section, dict):
            continue
        base = _text(section.get("base_path"))
        for key in _COMFY_KEYS:
            for line in _text(section.get(key)).splitlines():
                if line.strip():
                    yield os.path.join(os.path.expanduser(base), line.strip())


def _of_a1111(text: str) -> Iterator[str]:
    """The folders among the arguments that `webui-user` starts the program with."""
    for arguments in _ARGUMENTS.findall(text):
        try:
            words = shlex.split(arguments.strip().strip("\"'"), posix=os.name != "nt")
        except ValueError:  # a quote that nobody closed
            continue
        for index, word in enumerate(words):
            option, equals, value = word.partition("=")
            if option in _A1111_OPTIONS:
                value = value if equals else next(iter(words[index + 1 : index + 2]), "")
                if value:
                    yield value.strip("\"'")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
