"""What is asked about starters, and the answers: values only, the window imports them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InstallRequest:
    """Starters by id; none means all. `again` also replaces what is installed already."""

    ids: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class InstallResult:
    """The ids that were installed now, and those that were there already."""

    installed: tuple[str, ...]
    present: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """Starters by id; none means all that are installed."""

    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong with each file of a starter, as sentences; nothing where all is well."""

    id: str
    problems: tuple[str, ...]
