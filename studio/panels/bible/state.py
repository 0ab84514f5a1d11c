"""What the Bible panel shows, as it is kept between starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class BibleState:
    """`entry` is the id of the one that was looked at; `reading` whether its text is rendered."""

    entry: str = ""
    reading: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"entry": self.entry, "reading": self.reading}

    @classmethod
    def from_json(cls, saved: object) -> BibleState:
        """What can be understood of `saved`, whatever it is."""
        found = saved if isinstance(saved, dict) else {}
        entry = found.get("entry")
        return cls(entry if isinstance(entry, str) else "", found.get("reading") is True)
