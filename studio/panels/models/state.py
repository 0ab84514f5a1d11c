"""What the Models panel shows, as it is kept between starts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.licences import LICENCE_CLASSES
from studio.panels.models.entries import KINDS, SOURCES

if TYPE_CHECKING:
    from studio.panels.models.entries import ModelEntry

_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "source": SOURCES,
    "licence_class": LICENCE_CLASSES,
}


@dataclass(frozen=True, slots=True)
class ModelsState:
    """What is looked for; "" asks for nothing. `forgotten` shows what was taken off the list."""

    words: str = ""
    kind: str = ""
    family: str = ""
    licence_class: str = ""
    source: str = ""
    forgotten: bool = False

    def with_choice(self, name: str, value: str) -> ModelsState:
        """With another kind, family, licence_class or source; "" for any."""
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def lets(self, entry: ModelEntry) -> bool:
        """Whether an entry is looked for: every word is in its title, family, licence or path."""
        told = f"{entry.title} {entry.family} {entry.licence} {entry.path}".casefold()
        return (
            entry.forgotten == self.forgotten
            and self.kind in ("", entry.kind)
            and self.family in ("", entry.family)
            and self.licence_class in ("", entry.licence_class)
            and self.source in ("", entry.source)
            and all(word in told for word in self.words.casefold().split())
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, saved: object) -> ModelsState:
        """What can be understood of `saved`, whatever it is; the rest is as at the first start."""
        found = saved if isinstance(saved, dict) else {}
        texts = {
            name: found[name]
            for name in ("words", "kind", "family", "licence_class", "source")
            if isinstance(found.get(name), str)
            and found[name] in ("", *_CHOICES.get(name, (found[name],)))
        }
        return cls(**texts, forgotten=found.get("forgotten") is True)
