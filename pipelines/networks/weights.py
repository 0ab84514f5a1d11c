"""Opens a network's file: what it is, its tensors, its sha256. A pickle is converted first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors.torch import load_file

from pipelines.api import PipelineError
from pipelines.cache import cache_folder
from pipelines.conversion import convert_state_dict
from pipelines.hashes import file_sha256
from pipelines.headers import read_header
from pipelines.model_search import unchecked
from pipelines.networks.recognition import NetworkSpec, recognise

if TYPE_CHECKING:
    from pipelines.networks.parts import State


@dataclass(frozen=True)
class Weights:
    """A network's file, read. The names of `state` are without the spec's prefix."""

    spec: NetworkSpec
    state: State
    sha256: str


def open_weights(path: Path, say: Callable[[str], None]) -> Weights:
    """Reads `path`, a `.safetensors` file or a pickled state dict.

    A pickle is converted once, in a process of its own that lets nothing but tensors through, and
    kept in the cache. Raises PipelineError: `unknown_network`, what `read_header` and what
    `convert_state_dict` raise.
    """
    try:
        header = read_header(path)
    except PipelineError as error:
        if error.code != "pickle":
            raise
        say(f"Converting {path.name}")
        path = _converted(path)
        header = read_header(path)
    say(f"Loading {path.stem}")
    spec = recognise({name: info.shape for name, info in header.tensors.items()})
    if spec is None:
        raise unknown(path, "It reads CycleGAN, pix2pix, AnimeGANv2, ESRGAN and Real-ESRGAN.")
    state = {name.removeprefix(spec.prefix): value for name, value in load_file(path).items()}
    return Weights(spec, state, file_sha256(path, cache_folder() / "hashes.json"))


def unknown(path: Path, hint: str) -> PipelineError:
    """What is said of a file whose network cannot do what is asked."""
    return PipelineError(
        "unknown_network", f"“{path.name}” is no network that can be used here.", hint
    )


def damaged(path: Path) -> PipelineError:
    """What is said of a network whose weights do not fit together."""
    return PipelineError(
        "not_a_model",
        f"“{path.name}” looks like a network, but its weights do not fit together.",
        "Download it again, or choose another.",
    )


def _converted(path: Path) -> Path:
    """The safetensors version of a pickle, by what is in it, with its name for messages."""
    folder = cache_folder() / "converted" / file_sha256(path)[:16]
    target = folder / f"{path.stem}.safetensors"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        convert_state_dict(path, target, unchecked)
    return target
