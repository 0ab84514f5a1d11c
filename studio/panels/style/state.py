"""What the Style panel is set to: one frozen value, kept as JSON between starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from studio.panels.style.choices import like_key

GROUPS = ("all", "gan", "painting", "mine")
SCALES = (0, 2, 3, 4)
MOST_LIKES = 24


@dataclass(frozen=True, slots=True)
class StyleState:
    """`look` is the key of a `Choice`, "" for none.

    `strength` in percent. `scale` is one of SCALES, 0 for as large as it is; `enlarger` the id of
    the network for it, "" for the usual one. `likes` are pictures whose looks are on the list.
    """

    picture: str = ""
    look: str = ""
    strength: int = 100
    keep_colours: bool = False
    scale: int = 0
    enlarger: str = ""
    group: str = "all"
    likes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"likes": list(self.likes)}

    @classmethod
    def from_json(cls, data: object) -> StyleState:
        """What is not known, of another type or out of its range is as at the first start."""
        state = cls()
        if not isinstance(data, Mapping):
            return state
        for name in ("picture", "look", "enlarger"):
            if isinstance(data.get(name), str):
                state = replace(state, **{name: data[name]})
        strength, scale, likes = data.get("strength"), data.get("scale"), data.get("likes")
        if isinstance(strength, int) and 0 <= strength <= 100:
            state = replace(state, strength=int(strength))
        if scale in SCALES:
            state = replace(state, scale=int(scale))
        if data.get("group") in GROUPS:
            state = replace(state, group=data["group"])
        if isinstance(likes, list):
            kept = tuple(each for each in likes if isinstance(each, str))
            state = replace(state, likes=kept[:MOST_LIKES])
        return replace(state, keep_colours=data.get("keep_colours") is True)

    def with_like(self, path: str) -> StyleState:
        """The look of this picture, in front of the others of its kind, and chosen."""
        others = tuple(each for each in self.likes if each != path)
        likes = (path, *others)[:MOST_LIKES]
        group = self.group if self.group == "all" else "mine"
        return replace(self, likes=likes, look=like_key(path), group=group)
