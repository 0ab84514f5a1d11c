"""What a check can object to, and what it says at last."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: the file, a stable code, a sentence, what helps.

    `names` are the functions that a pickle would import and call.
    """

    path: str
    code: str
    message: str
    hint: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What lies at `path`; "" for what nobody knows.

    `kind` is "model", "lora", "vae", "embedding", "text encoder", "starter" or a container, as
    "gguf". `size` is all of it in bytes.
    """

    path: str
    kind: str
    family: str
    licence: str
    size: int
    findings: tuple[Finding, ...]
