"""The looks that can be chosen: networks, built-in paintings, and pictures of the person's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.enhance_requests import StyleRequest, StyleShare
from studio.size_text import size_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.looks import Look

Group = Literal["gan", "painting", "mine"]

_GROUPS: dict[str, Group] = {"translator": "gan", "painting": "painting", "like": "mine"}
_LIKE = "like:"


@dataclass(frozen=True, slots=True)
class Choice:
    """One look. `like` is the picture it is taken from, "" for a network's own."""

    key: str
    name: str
    group: Group
    look: Look
    like: str = ""

    @property
    def facts(self) -> str:
        """What kind of network does it, how large it is and under which licence."""
        parts = (self.look.family, size_text(self.look.size), self.look.licence)
        return " · ".join(filter(None, parts))

    def request(
        self, images: tuple[str, ...], strength: float = 1.0, keep_colours: bool = False
    ) -> StyleRequest:
        """`strength` 0 to 1. Only the network that takes a picture's style knows half of it; of
        the others it is how much of the result covers the original."""
        return StyleRequest(
            images,
            str(self.look.network),
            self.name,
            (StyleShare(self.look.style),) if self.look.kind == "painting" else (),
            self.like,
            strength if self.like else 1.0,
            1.0 if self.like else strength,
            "",
            keep_colours,
        )

    @property
    def folder_name(self) -> str:
        """Another one where the network or the picture is another one."""
        files = [self.look.network, *([Path(self.like)] if self.like else [])]
        times = [str(file.stat().st_mtime_ns) if file.exists() else "" for file in files]
        facts = "\0".join((*map(str, files), *times, str(self.look.style)))
        return hashlib.sha256(facts.encode(errors="surrogatepass")).hexdigest()[:16]


def choices_of(looks: Sequence[Look], likes: Sequence[str]) -> tuple[Choice, ...]:
    """The networks' looks, then those of the pictures `likes`, where a network can take them."""
    own = [Choice(each.id, each.name, _GROUPS[each.kind], each) for each in looks]
    found = [each for each in own if each.look.kind != "like"]
    taker = next((each.look for each in own if each.look.kind == "like"), None)
    if taker is not None:
        found += [Choice(_LIKE + path, Path(path).stem, "mine", taker, path) for path in likes]
    return tuple(found)


def like_key(path: str) -> str:
    """The key of the look that is taken from a picture."""
    return _LIKE + path
