"""What happened in a play, as values that compare and turn into JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.document.dialogue.story import Place


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something; `speaker` is as in the model, "" for the narrator."""

    place: Place
    speaker: str
    text: str
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice of a menu as it stands. `hidden` is "" for one that can be picked, and else why it
    cannot: `once`, or the part of the condition that is false.
    """

    choice: str
    text: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A menu with all its choices, hidden ones too."""

    place: Place
    offers: tuple[Offer, ...]

    @property
    def open(self) -> tuple[Offer, ...]:
        """What can be picked."""
        return tuple(offer for offer in self.offers if not offer.hidden)


@dataclass(frozen=True, slots=True)
class Picked:
    """The player picked."""

    place: Place
    choice: str
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The play is over. `reason` is `end` for an end that the author means, and else one of
    `loose end`, `stuck`, `too long` or `error`; `detail` says more for a person.
    """

    place: Place
    reason: str
    detail: str = ""


Event = Said | Offered | Picked | Ended


def entry(event: Event, names: dict[str, str] | None = None) -> list[Any] | None:
    """An event as `["say", speaker or None, text]`, `["menu", texts]` or `["pick", text]`."""
    match event:
        case Said(speaker=speaker, text=text):
            return ["say", (names or {}).get(speaker, speaker) or None, text]
        case Offered():
            return ["menu", [offer.text for offer in event.open]]
        case Picked(text=text):
            return ["pick", text]
    return None
