"""A problem as the person sees it, and what the Copy button gives whoever is to help."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

import pipelines
from studio.logs import log_tail

_PACKAGES = (
    "PySide6",
    "torch",
    "diffusers",
    "transformers",
    "peft",
    "accelerate",
    "compel",
    "safetensors",
    "pillow",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a banner shows: one sentence that says what happened, and a `hint` what to do next.

    `details` is for the Details button, as a traceback; `code` is stable and picks what the window
    offers, as "out_of_memory" a smaller size.
    """

    message: str
    hint: str = ""
    details: str = ""
    code: str = ""


def details_text(problem: Problem, log_file: Path, device: str = "") -> str:
    """All about a problem as plain text, to be copied into a report.

    `device` says what pictures are drawn on. The home folder is written `~`: its name is often
    the person's own.
    """
    parts = [
        " ".join(part for part in (problem.message, problem.hint) if part),
        f"Code: {problem.code}" if problem.code else "",
        problem.details.strip(),
        "\n".join(
            (
                f"Fabula Studio {pipelines.__version__}",
                *(f"{name} {_version(name)}" for name in _PACKAGES),
                f"Python {platform.python_version()}",
                f"System {platform.platform()}",
                *((f"Device {device}",) if device else ()),
            )
        ),
        log_tail(log_file),
    ]
    return without_home("\n\n".join(part for part in parts if part)) + "\n"


def without_home(text: str, home: PurePath | None = None) -> str:
    """`text` with the home folder as `~`, however its separators are written."""
    home = home or Path.home()
    if str(home) == home.anchor:
        return text
    plain = str(home)
    forms = {plain, home.as_posix(), plain.replace("\\", "\\\\")}
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.sub(rf"(?:{either})(?![\w.-])", "~", text)


def _version(name: str) -> str:
    """From the package's papers: importing it would take seconds."""
    from importlib.metadata import PackageNotFoundError, version  # 12 ms that no start should pay

    try:
        return version(name)
    except PackageNotFoundError:
        return "is not installed"
