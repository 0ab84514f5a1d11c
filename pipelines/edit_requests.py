"""Requests that change a part of a picture, and their results. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pipelines.api import EntryUse, Lora  # noqa: TC001 - the codec looks them up

if TYPE_CHECKING:
    from pipelines.recipe import Recipe

PREFILLS = ("original", "neutral", "blurred", "edge", "exemplar", "noise")
REGIONS = ("masked", "whole")
METHODS = ("auto", "telea", "navier_stokes", "exemplar")


@dataclass(frozen=True, slots=True)
class Margins:
    """By how many pixels a picture grows at each side; 0 and more."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        return any((self.left, self.top, self.right, self.bottom))


@dataclass(frozen=True, slots=True)
class InpaintRequest:
    """Everything that new versions of a part of a picture depend on.

    `picture` and `mask` are files of one size; what is brighter than black in the mask may change,
    as far as it is bright. Where they are a piece of a larger canvas, `x` and `y` say where in it,
    and `picture_source` where the picture came from; neither changes anything but names. `margins`
    widen the picture, and what they add is masked too: with them `mask` may be "".

    `mode` is one of `pipelines.inpaint.modes.MODES` and sets what is None or "" below:
    `strength` 0 to 1 as in TextToImageRequest; `prefill`, one of PREFILLS, what the model finds
    below the mask; in pixels of the picture `grow` and `blur`, how far the model may work beyond
    the mask and how softly that ends, and `feather`, over how much of the inside of its edge the
    mask fades. `soften` is how far outside its edge the result still shows: 0 keeps every pixel
    outside the mask bit for bit. `context` is how many pixels around the mask the model sees, None
    about half of the masked area's longer side; `region` "whole" shows it the whole picture.
    `differential` lets each pixel change from a later step on the greyer the mask is there.
    `colour_match` takes back the shift of colours that the model's VAE brings.

    `count` candidates are made, number i with the seed `seed + i`. All else is as in
    TextToImageRequest.
    """

    kind: ClassVar[str] = "inpaint"
    schema: ClassVar[int] = 1

    model: str
    picture: str
    mask: str = ""
    mode: str = "replace"
    prompt: str = ""
    negative_prompt: str = ""
    margins: Margins = Margins()
    x: int = 0
    y: int = 0
    strength: float | None = None
    prefill: str = ""
    region: str = "masked"
    context: int | None = None
    grow: int | None = None
    blur: int | None = None
    feather: int | None = None
    soften: int = 0
    differential: bool = False
    colour_match: bool = True
    steps: int = 20
    guidance: float = 7.0
    scheduler: str = ""
    seed: int = 0
    count: int = 1
    loras: tuple[Lora, ...] = ()
    embeddings: tuple[str, ...] = ()
    vae: str = ""
    clip_skip: int = 0
    wildcards: str = ""
    companion: str = ""
    picture_source: str = ""
    references: tuple[str, ...] = ()
    typed_prompt: str = ""
    typed_negative_prompt: str = ""
    made_from: tuple[EntryUse, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """A part of a picture to be filled from its surroundings, without any model.

    `picture`, `mask`, `margins`, `x`, `y`, `picture_source`, `feather` and `soften` are as in
    InpaintRequest. `method` is one of METHODS: Telea's and the Navier–Stokes one are for narrow
    things, "exemplar" puts pieces of the surroundings together; "auto" goes by the width. `context`
    is how many pixels around the mask may be taken from, None a few times the mask's width.
    `count` candidates have the seeds `seed + i`; only "exemplar" gives different ones.
    """

    kind: ClassVar[str] = "remove"
    schema: ClassVar[int] = 1

    picture: str
    mask: str = ""
    margins: Margins = Margins()
    x: int = 0
    y: int = 0
    method: str = "auto"
    context: int | None = None
    feather: int = 0
    soften: int = 0
    seed: int = 0
    count: int = 1
    picture_source: str = ""


@dataclass(frozen=True, slots=True)
class Patch:
    """One candidate: a PNG whose transparency is the mask it is laid on the picture with.

    `x` and `y` are where its upper left corner lies on the canvas, in pixels of the picture before
    any margins: to the left and above they are negative. `recipe` belongs into the picture that it
    becomes a part of, as does `digital_source`, a term of `pipelines.pictures.DigitalSource`.
    """

    path: str
    index: int
    seed: int
    prompt: str
    x: int
    y: int
    width: int
    height: int
    recipe: Recipe
    digital_source: str


@dataclass(frozen=True, slots=True)
class EditResult:
    """`patches` in order; `box` is what the model saw: left, top, right, bottom on the canvas.

    `margins` are those of the request. All else is as in TextToImageResult.
    """

    patches: tuple[Patch, ...]
    box: tuple[int, int, int, int]
    margins: Margins
    device: str
    dtype: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    memory: tuple[int, int] | None = None
