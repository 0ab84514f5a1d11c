"""What the model libraries are told before they are imported: stay offline, run no foreign code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

from pipelines.cache import cache_folder

# All of these are read at import time (huggingface_hub, diffusers, transformers, onnxruntime).
HARDENED = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "1",
    # onnxruntime (1.32 on Linux) otherwise makes an id of this machine and sends events home; and
    # diffusers imports it wherever it is installed.
    "ORT_DISABLE_TELEMETRY": "1",
    "DIFFUSERS_DISABLE_REMOTE_CODE": "1",
    # The default of transformers is YES: it fetches and runs native code named in a config.
    "USE_HUB_KERNELS": "NO",
    "TOKENIZERS_PARALLELISM": "false",
    # Their advice is for programmers; what a person must know, a job says itself.
    "DIFFUSERS_VERBOSITY": "error",
    "TRANSFORMERS_VERBOSITY": "error",
}
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_WANTED = "FABULA_HUB_OFFLINE"  # what the person had set there, before it was hardened
TOO_LATE = ("torch", "transformers", "diffusers", "huggingface_hub", "onnxruntime")


def harden(environment: MutableMapping[str, str] | None = None) -> None:
    """Sets the variables for this process and the ones it starts.

    Raises RuntimeError when a library that reads them at import is imported already.
    """
    imported = [name for name in TOO_LATE if name in sys.modules]
    if environment is None and imported:
        raise RuntimeError(f"hardened too late, {', '.join(imported)} is imported already")
    told = os.environ if environment is None else environment
    told.setdefault(_WANTED, "1" if wants_offline(told) else "0")
    told.update(HARDENED)
    # Otherwise torch makes a folder among the temporary files at every start, and leaves it.
    told["TORCHINDUCTOR_CACHE_DIR"] = str(cache_folder() / "inductor")


def wants_offline(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the person forbids to ask the hub: `HF_HUB_OFFLINE` as it was before hardening."""
    names = (_WANTED,) if _WANTED in environment else _OFFLINE
    return any(environment.get(name, "").upper() in ("1", "ON", "YES", "TRUE") for name in names)
