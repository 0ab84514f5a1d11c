"""What is to be made of a picture: another look, a larger one, or both, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.enhance_requests import EnlargeRequest, StyleRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.looks import Enlarger
    from studio.panels.style.choices import Choice
    from studio.panels.style.state import StyleState

Step = StyleRequest | EnlargeRequest


@dataclass(frozen=True, slots=True)
class Order:
    """The steps, without the pictures they are for."""

    steps: tuple[Step, ...] = ()

    def step(self, number: int, images: Sequence[str]) -> Step:
        """The request of one step for these pictures. IndexError if there is no such step."""
        return replace(self.steps[number], images=tuple(images))


def name_of(state: StyleState, choice: Choice | None) -> str:
    """What is made, in a word or two: "Vintage", "Vintage ×2", "×4"; "" for nothing."""
    look = choice.name if choice is not None and state.strength else ""
    scale = f"×{state.scale}" if state.scale else ""
    return " ".join(filter(None, (look, scale)))


def order_of(state: StyleState, choice: Choice | None, enlarger: Enlarger | None) -> Order:
    """What `state` asks for; without steps where that is nothing."""
    steps: list[Step] = []
    if choice is not None and state.strength:
        steps.append(choice.request((), state.strength / 100, state.keep_colours))
    if enlarger is not None and state.scale:
        network = str(enlarger.network)
        steps.append(EnlargeRequest((), network, enlarger.variant, float(state.scale)))
    return Order(tuple(steps))
