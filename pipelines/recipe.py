"""Everything a finished picture was made of, as its file remembers it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is written into a finished picture, so that it can be made again.

    `request` is the JSON of the request as it was asked for (`pipelines.codec.to_json`); the other
    fields are what was really used: `prompt` with its alternatives chosen, the seed of this very
    picture, `scheduler` by its A1111 name, sides in pixels. `steps` 0 means that no steps were
    drawn (style transfer, enlarging). `strength` is None without a start picture. `clip_skip` is
    how many of the text encoder's last layers were left out. `model_hash` is the sha256 (64 hex
    digits) of the UNet's or transformer's weights (of several shards that of their sha256s), "" if
    unknown. `loras` are (name, weight,
    sha256 or ""). `notes` are sentences a person should read; `versions` are those of the
    libraries, by distribution name.
    """

    SCHEMA: ClassVar[int] = 1

    request: Mapping[str, Any]
    prompt: str = ""
    negative_prompt: str = ""
    seed: int = 0
    width: int = 0
    height: int = 0
    steps: int = 0
    guidance: float = 0.0
    scheduler: str = ""
    model_name: str = ""
    model_hash: str = ""
    family: str = ""
    strength: float | None = None
    clip_skip: int = 0
    vae: str = ""
    loras: tuple[tuple[str, float, str], ...] = ()
    device: str = ""
    dtype: str = ""
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The recipe as plain JSON values, with its `schema`."""
        return {"schema": self.SCHEMA, **asdict(self)}
