"""Walks the folders that people keep models in, without following into a model."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.model_folder import INDEX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

SAFETENSORS = frozenset({".safetensors", ".sft"})
CHECKPOINTS = SAFETENSORS | {".ckpt"}

LORA_FOLDERS = frozenset({"lora", "loras", "lycoris"})
VAE_FOLDERS = frozenset({"vae", "vaes", "vae_approx"})
EMBEDDING_FOLDERS = frozenset({"embeddings", "textual_inversion"})
OTHER_FOLDERS = frozenset(
    {
        "clip",
        "clip_vision",
        "codeformer",
        "controlnet",
        "esrgan",
        "gfpgan",
        "hypernetworks",
        "ipadapter",
        "karlo",
        "photomaker",
        "realesrgan",
        "style_models",
        "swinir",
        "text_encoders",
        "upscale_models",
    }
)
"""Names of folders in A1111's and ComfyUI's layouts, in lower case."""

MODEL_FOLDERS = frozenset(
    {"checkpoints", "diffusers", "diffusion_models", "stable-diffusion", "unet"}
)

_DEPTH = 8
"""Folders below the one that was given. A1111 and ComfyUI put models two or three deep."""


Check = Callable[[], None]
"""Like `JobContext.check`: called between files, raises to end a search."""


def unchecked() -> None:
    """For a search that nobody ends."""


def files_and_models(
    root: Path, suffixes: Collection[str], skip: Collection[str] = ()
) -> Iterator[Path]:
    """Files with one of `suffixes`, and folders with a `model_index.json`, below `root`.

    In alphabetical order. Follows links, each folder once; of a repository in the Hugging Face
    cache only the snapshot that `main` points to counts. Leaves out hidden folders, those named
    in `skip` (lower case), those that cannot be read, and what lies inside a model. `root` itself
    may be a file or a model.
    """
    yield from _walk(root, suffixes, skip, _DEPTH, set())


def _walk(
    path: Path, suffixes: Collection[str], skip: Collection[str], depth: int, seen: set[str]
) -> Iterator[Path]:
    if os.path.isfile(path):  # False, where Path would raise, for what is locked or in a circle
        if path.suffix.lower() in suffixes:
            yield path
        return
    if path.name.startswith("models--"):
        snapshot = snapshot_of(path)
        if snapshot is not None and os.path.isfile(snapshot / INDEX):
            yield snapshot
        return
    real = os.path.realpath(path)
    if real in seen or depth < 0:
        return
    seen.add(real)
    if os.path.isfile(path / INDEX):
        yield path
        return
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name.casefold())
    except OSError:  # not ours to read: whatever lies inside cannot be used either
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() in skip:
            continue
        if os.path.isdir(entry) or Path(entry.name).suffix.lower() in suffixes:
            yield from _walk(Path(entry.path), suffixes, skip, depth - 1, seen)


def snapshot_of(repository: Path) -> Path | None:
    """The folder of a cached repository's `main`, else its newest snapshot, else None."""
    snapshots = repository / "snapshots"
    try:
        found = {entry.name: entry.stat().st_mtime for entry in os.scandir(snapshots)}
    except OSError:
        return None
    try:
        commit = (repository / "refs" / "main").read_text(encoding="ascii").strip()
    except (OSError, ValueError):  # a download that never ended
        commit = ""
    if commit not in found:
        commit = max(found, key=found.__getitem__, default="")
    return snapshots / commit if commit else None


def hub_cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where huggingface_hub keeps its repositories, by its own rules."""
    if cache := environment.get("HF_HUB_CACHE"):
        return Path(cache).expanduser()
    if home := environment.get("HF_HOME"):
        return Path(home).expanduser() / "hub"
    base = environment.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "huggingface" / "hub"
