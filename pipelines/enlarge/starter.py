"""The starter's Real-ESRGAN networks: which there are, and which fits a scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.starters.manifest import find_starter
from pipelines.starters.pinned import pinned_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STARTER = "real-esrgan"


@dataclass(frozen=True, slots=True)
class StarterNetwork:
    """`name` as its file is called, `sha256` is that of its weights."""

    name: str
    param: Path
    scale: int
    sha256: str


@cache
def variants() -> Mapping[str, Mapping[int, str]]:
    """File names without suffix by variant and scale; the first variant is the usual one."""
    networks = find_starter(STARTER).defaults["networks"]
    return {
        variant: {int(scale): name for scale, name in by_scale.items()}
        for variant, by_scale in networks.items()
    }


def choose_network(folder: Path, variant: str, scale: float) -> StarterNetwork:
    """The network of `variant` ("" for the usual one) that enlarges just enough for `scale`.

    If none does, the one that enlarges most. Only files exactly as the starter set has them are
    given to ncnn, whose parser trusts what it reads. Raises PipelineError `unknown_network`,
    `not_found` or `wrong_hash`.
    """
    known = variants()
    variant = variant or next(iter(known))
    if variant not in known:
        raise PipelineError(
            "unknown_network",
            f"There is no network “{variant}”.",
            f"There are {', '.join(known)}.",
        )
    by_scale = known[variant]
    chosen = min((each for each in by_scale if each >= scale), default=max(by_scale))
    name = by_scale[chosen]
    param, weights = (folder / f"{name}.{suffix}" for suffix in ("param", "bin"))
    pinned_sha256(STARTER, param)
    return StarterNetwork(name, param, chosen, pinned_sha256(STARTER, weights))
