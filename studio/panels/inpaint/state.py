"""What the Inpaint panel is set to, beside the canvas: kept, shown and turned into requests."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pipelines.edit_requests import Margins
from pipelines.inpaint.modes import MODES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.model_ref import ModelRef

MODEL_FREE = ("remove", "expand")
"""Modes that can do without a model: they fill from the surroundings."""

SMALL_SIDE = 256
"""Models that draw fewer pixels a side draw icons, not parts of photographs."""


@dataclass(frozen=True, slots=True)
class InpaintState:
    """`canvas` is the key of the document that was open last.

    `mode` is one of `pipelines.inpaint.modes.MODES`. With `without_model` the modes of MODEL_FREE
    fill from the surroundings. `strength` 0 to 1, None as the mode has it; `seed` None is another
    one each time. `context`, `grow`, `blur` and `feather` are pixels, None as the size of the mask
    suggests. All else is as in `pipelines.edit_requests.InpaintRequest`.
    """

    canvas: str = ""
    mode: str = "replace"
    prompt: str = ""
    model: str = ""
    without_model: bool = True
    strength: float | None = None
    count: int = 3
    steps: int = 20
    guidance: float = 7.0
    scheduler: str = ""
    seed: int | None = None
    region: str = "masked"
    context: int | None = None
    grow: int | None = None
    blur: int | None = None
    feather: int | None = None
    soften: int = 0
    differential: bool = False
    left: int = 256
    top: int = 0
    right: int = 0
    bottom: int = 0
    more_open: bool = False

    @property
    def margins(self) -> Margins:
        """By how much Expand widens the picture."""
        return Margins(self.left, self.top, self.right, self.bottom)

    @property
    def shown_strength(self) -> float:
        """What the person set, else what the mode has."""
        return MODES[self.mode].strength if self.strength is None else self.strength

    @property
    def uses_model(self) -> bool:
        return self.mode not in MODEL_FREE or not self.without_model

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> InpaintState:
        """What is not known or of another type is as at the first start."""
        state = cls()
        if data is None:
            return state
        for each in fields(cls):
            if each.name in data and _fits(data[each.name], each.type):
                state = replace(state, **{each.name: data[each.name]})
        return state if state.mode in MODES else replace(state, mode="replace")


def _fits(value: object, kind: object) -> bool:
    """Whether a JSON value is of the annotated type `kind`."""
    names = str(kind).split(" | ")
    if value is None:
        return "None" in names
    if isinstance(value, bool):
        return "bool" in names
    if isinstance(value, int):
        return "int" in names or "float" in names
    return type(value).__name__ in names


def with_mode(state: InpaintState, mode: str) -> InpaintState:
    """Another intent, with its own strength."""
    return replace(state, mode=mode, strength=None)


def with_model(state: InpaintState, model: ModelRef) -> InpaintState:
    """Another model, asked as it wants to be."""
    defaults = model.defaults
    return replace(
        state,
        model=model.id,
        without_model=False,
        steps=defaults.steps,
        guidance=defaults.guidance,
        scheduler=defaults.scheduler,
    )


def is_small(model: ModelRef) -> bool:
    """Whether it draws icons rather than parts of photographs."""
    return model.native_side < SMALL_SIDE
