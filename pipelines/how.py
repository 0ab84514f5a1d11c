"""How a job is done on this machine, as variables that travel with it: not part of its request."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

_DEVICE, _PREVIEWS, _SHARE = "FABULA_DEVICE", "FABULA_PREVIEWS", "FABULA_MEMORY_SHARE"


@dataclass(frozen=True, slots=True)
class How:
    """`device` is torch's name or "auto"; `memory_share` is what models may take of its memory."""

    device: str = "auto"
    previews: bool = True
    memory_share: float = 0.9

    def to_environment(self) -> dict[str, str]:
        return {
            _DEVICE: self.device,
            _PREVIEWS: "1" if self.previews else "0",
            _SHARE: str(self.memory_share),
        }

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> How:
        """What this process was told; the defaults for what it was not."""
        usual = cls()
        return cls(
            environ.get(_DEVICE, usual.device),
            environ.get(_PREVIEWS, "1") != "0",
            float(environ.get(_SHARE, usual.memory_share)),
        )
