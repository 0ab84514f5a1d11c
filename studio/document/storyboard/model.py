"""What a storyboard consists of, as values."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ASPECTS: Mapping[str, float] = {
    "2.39": 2.39,
    "1.85": 1.85,
    "16:9": 16 / 9,
    "4:3": 4 / 3,
    "1:1": 1.0,
    "9:16": 9 / 16,
}
"""Width by height of a frame, by the name that people know."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody says in a shot; `extension` is as “(V.O.)”, `manner` as “(quietly)”.

    `dual` is said at the same time as the speech before.
    """

    speaker: str
    text: str
    extension: str = ""
    manner: str = ""
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A picture of a frame: the hash of an asset, what drew it, and the entries it was made from.

    `made_from` is the JSON of `fingerprint.made_from`.
    """

    picture: str
    prompt: str = ""
    made_from: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    extras: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of a shot. `active` counts `versions` from 0; `prompt` replaces the derived one."""

    id: str
    versions: tuple[Version, ...] = ()
    active: int = 0
    prompt: str = ""
    extras: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def version(self) -> Version | None:
        """The one that is shown."""
        return self.versions[self.active] if self.active < len(self.versions) else None


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot. The camera's fields hold codes of `vocabulary`, other words, or "".

    `label` is a number of its own that never changes, "" for an automatic one. `duration` counts
    seconds; None lets it follow from the dialogue. `transition` is how it gives way to the next.
    """

    id: str
    label: str = ""
    size: str = ""
    angle: str = ""
    lens: str = ""
    movement: str = ""
    transition: str = ""
    duration: float | None = None
    action: str = ""
    dialogue: tuple[Speech, ...] = ()
    notes: str = ""
    custom: Mapping[str, str] = field(default_factory=dict, hash=False)
    frames: tuple[Frame, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene: `heading` as “INT. LIGHTHOUSE - NIGHT”; `number` is the script's, "" for none."""

    id: str
    heading: str = ""
    number: str = ""
    synopsis: str = ""
    shots: tuple[Shot, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Scenes that belong together: an act, a sequence."""

    id: str
    title: str = ""
    scenes: tuple[Scene, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Storyboard:
    """All of it. `aspect` is one of ASPECTS; `look` is the id of the bible's look, or ""."""

    id: str
    title: str = ""
    aspect: str = "16:9"
    look: str = ""
    sequences: tuple[Sequence, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def scenes(self) -> Iterator[Scene]:
        """In their order."""
        return (scene for sequence in self.sequences for scene in sequence.scenes)

    @property
    def shots(self) -> Iterator[Shot]:
        """In their order."""
        return (shot for scene in self.scenes for shot in scene.shots)


def new_id() -> str:
    """Eight hexadecimal digits by chance: unique within a board, short enough for a script."""
    return secrets.token_hex(4)
