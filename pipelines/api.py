"""What a job is, as everybody sees it: requests, results and events. Standard library only."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class JobCancelled(Exception):  # noqa: N818 - it unwinds, it is no error
    """Unwinds a pipeline after Cancel. Never shown."""


class PipelineError(Exception):
    """A failure the person can act on: `code` is stable, `hint` says what to try."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


# ---- events ----------------------------------------------------------------------------------
# What happens to a job, in this order: Loading*, Started, (Progress | Preview | Produced |
# Paused)*, and at last exactly one of Done, Failed, Cancelled. A job may end at any point.


@dataclass(frozen=True, slots=True)
class Loading:
    """Imports and weights: cannot be interrupted, stays warm."""

    message: str


@dataclass(frozen=True, slots=True)
class Started:
    """Loading is over: from here on Cancel is answered within one block."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the whole job is.

    `part` is the zero-based picture that is drawn now, of `parts`; `total` 0 means unknown.
    `seconds` is the time worked so far, without loading and pauses.
    """

    step: int
    total: int
    message: str = ""
    seconds: float = 0.0
    part: int = 0
    parts: int = 1

    @property
    def seconds_left(self) -> float | None:
        """An estimate by the mean speed so far; None before the first step."""
        if not self.step or not self.total:
            return None
        return self.seconds / self.step * (self.total - self.step)


@dataclass(frozen=True, slots=True)
class Preview:
    """A rough picture of `part` as it stands: packed 8-bit RGB rows, at most 512 px a side."""

    rgb: bytes
    width: int
    height: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Produced:
    """A part of the result is finished and stays, whatever becomes of the job."""

    item: Any


@dataclass(frozen=True, slots=True)
class Paused:
    """True when the job has really stopped, False when it goes on."""

    on: bool


@dataclass(frozen=True, slots=True)
class Done:
    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """`code` picks what the window offers; `trace` goes to the log and the Copy button."""

    code: str
    message: str
    hint: str = ""
    trace: str = ""

    @classmethod
    def unexpected(cls, error: BaseException) -> Failed:
        """What nobody foresaw, in words for a person; what Python says of it is in the trace."""
        return cls(
            "internal",
            "Something went wrong inside the generator.",
            "Try other settings; copy the details if you want to report it.",
            "".join(traceback.format_exception(error)),
        )


@dataclass(frozen=True, slots=True)
class Cancelled:
    """`forced`: the child had to be killed."""

    forced: bool = False


Outcome = Done | Failed | Cancelled
Body = Loading | Started | Progress | Preview | Produced | Paused | Outcome


# ---- what a pipeline is given and what it is ---------------------------------------------------


class JobContext(Protocol):
    """The job's line to whoever waits for it."""

    @property
    def folder(self) -> Path:
        """The job's own folder for the files it makes; whoever started the job empties it."""

    def check(self) -> None:
        """Call it at least every 100 ms: waits while paused, raises JobCancelled."""

    def progress(
        self, step: int, total: int, message: str = "", part: int = 0, parts: int = 1
    ) -> None:
        """Says how far the job is. Also checks."""

    def preview(self, make: Callable[[], Sequence[Preview]]) -> None:
        """Calls `make` at most ten times a second and sends what it returns."""

    def produced(self, item: object) -> None:
        """Hands out a finished part of the result."""


Req = TypeVar("Req", contravariant=True)
Res = TypeVar("Res", covariant=True)


class Pipeline(Protocol[Req, Res]):
    """A plain function `f(request, ctx)` is one too."""

    id: ClassVar[str]

    def load(self, request: Req, say: Callable[[str], None]) -> None:
        """Brings in what `request` needs and keeps it. Cancel does not end it: `say` each part."""

    def run(self, request: Req, ctx: JobContext) -> Res:
        """Does the work; request and result are picklable."""

    def unload(self) -> None:
        """Lets go of everything `load` brought in."""


# ---- requests and results ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lora:
    """A low-rank adapter: a `.safetensors` file and its weight (1 is as trained; -4 to 4)."""

    path: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class EntryUse:
    """An entry of a story bible that a prompt was made from, as the entry was then.

    `entry` is its id, `name` what it was called. `fingerprint` is another one whenever the entry
    has changed in what is made from it, and `fields` has one for each field that was not empty
    (`studio.document.bible.fingerprint`, whose JSON this is).
    """

    entry: str
    fingerprint: str
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TextToImageRequest:
    """Everything a batch of pictures depends on.

    `width` and `height` are pixels; 0 takes the model's own size. `steps` 1 to 1000; `guidance`
    0 to 50, below 1 the negative prompt has no effect. `scheduler` is an A1111 name, as
    "DPM++ 2M Karras"; "" takes the model's own. Picture number i has the seed `seed + i`
    (0 to 2**32 - 1, wrapping). `batch_size` pictures are drawn at a time. With `init_image`
    the pictures begin from it, changed by `strength` (0 by a single step, 1 forgets it);
    `init_source` is where that picture came from, if it is a copy, and changes nothing.
    `clip_skip` leaves out that many of the text encoder's last layers. `wildcards` is a folder
    of text files for `__name__`. `embeddings` are textual-inversion files. `companion` is the
    folder whose other parts a single file without them is completed with. `references` is empty
    for now.

    Where the prompts mentioned entries of a story bible, `made_from` names these; `typed_prompt`
    and `typed_negative_prompt` are the prompts as they were typed, with their mentions. They change
    nothing in the picture.
    """

    kind: ClassVar[str] = "text_to_image"
    schema: ClassVar[int] = 1

    model: str
    prompt: str
    negative_prompt: str = ""
    width: int = 0
    height: int = 0
    steps: int = 20
    guidance: float = 7.0
    scheduler: str = ""
    seed: int = 0
    count: int = 1
    batch_size: int = 1
    init_image: str = ""
    init_source: str = ""
    strength: float = 0.6
    loras: tuple[Lora, ...] = ()
    embeddings: tuple[str, ...] = ()
    vae: str = ""
    clip_skip: int = 0
    wildcards: str = ""
    companion: str = ""
    references: tuple[str, ...] = ()
    typed_prompt: str = ""
    typed_negative_prompt: str = ""
    made_from: tuple[EntryUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One finished picture, on disk with all its metadata. `prompt` has its alternatives chosen.

    `name` is what its file may be called where there is no prompt.
    """

    path: str
    index: int
    seed: int
    prompt: str
    width: int
    height: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class TextToImageResult:
    """`pictures` in order; `notes` are sentences for the person: what was changed, and why.

    `memory` is what is used of the device's memory and all of it, in bytes, where it has its own.
    """

    pictures: tuple[Picture, ...]
    device: str
    dtype: str
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    memory: tuple[int, int] | None = None
