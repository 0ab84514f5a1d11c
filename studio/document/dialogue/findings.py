"""What the validator has to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.document.dialogue.story import Place


class Severity(StrEnum):
    """An error breaks a play or an export; a warning is most likely not meant."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


CODES: dict[str, Severity] = {
    "unknown_target": Severity.ERROR,
    "duplicate_id": Severity.ERROR,
    "duplicate_title": Severity.WARNING,
    "unreachable": Severity.WARNING,
    "dead_end": Severity.WARNING,
    "endless_loop": Severity.ERROR,
    "endless_calls": Severity.ERROR,
    "undefined_variable": Severity.ERROR,
    "unused_variable": Severity.INFO,
    "never_changed": Severity.INFO,
    "bad_expression": Severity.ERROR,
    "type_error": Severity.ERROR,
    "failing_expression": Severity.ERROR,
    "choice_never_appears": Severity.WARNING,
    "menu_can_be_empty": Severity.ERROR,
    "always_true": Severity.WARNING,
    "always_false": Severity.WARNING,
    "unknown_speaker": Severity.WARNING,
    "missing_portrait": Severity.INFO,
    "empty_text": Severity.WARNING,
    "long_line": Severity.WARNING,
    "untranslated": Severity.INFO,
}
"""All kinds of findings, and how bad they are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a path, and the id of the choice that is picked there, or ""."""

    place: Place
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing at one place.

    `part` is the choice's id, the branch's number from 0 or the variable's name that is meant, or
    "". A finding about a variable has no node in its place. `witness` is a path from a start to
    where it happens, empty where the finding does not depend on one.
    """

    code: str
    place: Place
    reason: str
    part: str = ""
    witness: tuple[Step, ...] = ()

    @property
    def severity(self) -> Severity:
        return CODES[self.code]
