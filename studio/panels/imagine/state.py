"""What the Imagine panel holds: one frozen value, kept as JSON between starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pipelines.api import Lora
from pipelines.limits import MAX_COUNT, MAX_SEED, MAX_SIDE, MAX_STEPS
from studio.told_prompt import Typed

if TYPE_CHECKING:
    from pipelines.model_ref import ModelRef
    from studio.told_prompt import Told

TIMINGS_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Timing:
    """What one picture took, in seconds, without loading."""

    model: str
    width: int
    height: int
    steps: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ImagineState:
    """Everything the person can set, what was typed before, and how long it took.

    `model` is a catalogue id. `width` and `height` are pixels, 0 before a model is known. `seed`
    None draws a new one each time. `left_out` and `looks` are ids of entries of the story bible, as
    in `studio.told_prompt.Typed`. `history` and `timings` have the newest first.
    """

    model: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    left_out: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    steps: int = 20
    guidance: float = 7.0
    seed: int | None = None
    count: int = 4
    scheduler: str = ""
    batch_size: int = 1
    init_image: str = ""
    strength: float = 0.6
    loras: tuple[Lora, ...] = ()
    embeddings: tuple[str, ...] = ()
    vae: str = ""
    clip_skip: int = 0
    negative_open: bool = False
    more_open: bool = False
    told_open: bool = False
    history: tuple[str, ...] = ()
    timings: tuple[Timing, ...] = ()

    @property
    def typed(self) -> Typed:
        """The prompts, and which entries of the story bible they use."""
        return Typed(self.prompt, self.negative_prompt, self.left_out, self.looks)

    def to_json(self) -> dict[str, Any]:
        """Plain lists, numbers and strings."""
        plain: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        plain["loras"] = [{"path": lora.path, "weight": lora.weight} for lora in self.loras]
        plain["timings"] = [
            [t.model, t.width, t.height, t.steps, round(t.seconds, 3)] for t in self.timings
        ]
        for name in ("left_out", "looks", "embeddings", "history"):
            plain[name] = list(plain[name])
        return plain

    @classmethod
    def from_json(cls, plain: object) -> ImagineState:
        """Reads what `to_json` wrote. A field that is missing or makes no sense has its default."""
        if not isinstance(plain, Mapping):
            return cls()
        kept: dict[str, Any] = {}
        for name, read in _READERS.items():
            if name in plain:
                try:
                    kept[name] = read(plain[name])
                except (TypeError, ValueError, KeyError, OverflowError):
                    continue
        return cls(**kept)


def with_model(state: ImagineState, model: ModelRef) -> ImagineState:
    """Takes `model` with its own size, steps, guidance and scheduler, and drops what it lacks."""
    family, defaults = model.family, model.defaults
    same = state.model == model.id
    return replace(
        state,
        model=model.id,
        width=defaults.width,
        height=defaults.height,
        steps=defaults.steps,
        guidance=defaults.guidance,
        scheduler=defaults.scheduler,
        loras=state.loras if same and family.loras else (),
        embeddings=state.embeddings if same and family.embeddings else (),
        vae=state.vae if same else "",
        clip_skip=state.clip_skip if family.clip_skip else 0,
    )


def told_state(state: ImagineState, told: Told) -> ImagineState:
    """With the prompts that the model is told."""
    expansion = told.expansion
    return replace(state, prompt=expansion.prompt, negative_prompt=expansion.negative)


def remembered(state: ImagineState, prompt: str, limit: int) -> ImagineState:
    """Puts `prompt` in front of the history, once; it keeps the `limit` newest."""
    words = prompt.strip()
    if not words:  # only a look
        return state
    others = tuple(old for old in state.history if old != words)
    return replace(state, history=(words, *others)[:limit])


# ---- reading ------------------------------------------------------------------------------------


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(value)
        return value

    return read


def _real(low: float, high: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(value)
        if not low <= value <= high:  # also refuses NaN
            raise ValueError(value)
        return float(value)

    return read


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _seed(value: object) -> int | None:
    return None if value is None else _whole(0, MAX_SEED)(value)


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _strings(value: object) -> tuple[str, ...]:
    return tuple(_words(item) for item in _listed(value))


def _loras(value: object) -> tuple[Lora, ...]:
    weight = _real(-4, 4)
    found = []
    for item in _listed(value):
        if not isinstance(item, Mapping):
            raise TypeError(item)
        found.append(Lora(_words(item["path"]), weight(item["weight"])))
    return tuple(found)


def _timings(value: object) -> tuple[Timing, ...]:
    side, seconds = _whole(1, 2**16), _real(0, 1e6)
    found = []
    for item in _listed(value):
        model, width, height, steps, took = _listed(item)
        found.append(Timing(_words(model), side(width), side(height), side(steps), seconds(took)))
    return tuple(found[:TIMINGS_LIMIT])


_READERS: Mapping[str, Callable[[object], object]] = {
    "model": _words,
    "prompt": _words,
    "negative_prompt": _words,
    "left_out": _strings,
    "looks": _strings,
    "width": _whole(0, MAX_SIDE),
    "height": _whole(0, MAX_SIDE),
    "steps": _whole(1, MAX_STEPS),
    "guidance": _real(0, 50),
    "seed": _seed,
    "count": _whole(1, MAX_COUNT),
    "scheduler": _words,
    "batch_size": _whole(1, 64),
    "init_image": _words,
    "strength": _real(0, 1),
    "loras": _loras,
    "embeddings": _strings,
    "vae": _words,
    "clip_skip": _whole(0, 11),
    "negative_open": _flag,
    "more_open": _flag,
    "told_open": _flag,
    "history": _strings,
    "timings": _timings,
}
