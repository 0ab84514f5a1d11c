"""What the catalogue remembers of a `.safetensors` file: some words, not thousands of tensors."""

from __future__ import annotations

import contextlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import __version__
from pipelines.atomic import write_json
from pipelines.families import family
from pipelines.headers import read_header
from pipelines.lora_recognition import family_of_lora
from pipelines.recognition import kind_of_tensors, latent_channels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipelines.families import Family
    from pipelines.recognition import Kind, Tensors

_MAX_TRIGGERS = 8
_REMEMBERED = 20_000  # files; some 10 MB
_Stamp = tuple[int, int]  # size in bytes, time of change in nanoseconds
_known: dict[str, tuple[_Stamp, FileFacts]] = {}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is for, and its `size` in bytes.

    `family` is that of a LoRA or an embedding, None where the file does not tell.
    `trigger_words` are a LoRA's: what its trainer named, else the tags that all its pictures had.
    `latent_channels` are a VAE's.
    """

    kind: Kind
    size: int
    family: Family | None = None
    trigger_words: tuple[str, ...] = ()
    latent_channels: int = 0


def facts_of(path: Path) -> FileFacts:
    """Reads the header, once until the file changes; looking for each sort of file asks again.

    Raises what `read_header` does.
    """
    try:
        status = path.stat()
    except OSError:
        read_header(path)  # has the sentence for it
        raise
    stamp = (status.st_size, status.st_mtime_ns)
    name = str(path.absolute())
    known = _known.get(name)
    if known is None or known[0] != stamp:
        known = stamp, _read(path)
        _known.pop(name, None)
        _known[name] = known  # at the end: the newest
    return known[1]


@contextmanager
def remembered(cache_file: Path) -> Iterator[None]:
    """Within it, files that an earlier run looked into are not read again.

    What is new is added to the cache at the end. A cache that is damaged, of another version or
    cannot be written only costs time.
    """
    for name, entry in _stored(cache_file).items():
        _known.setdefault(name, entry)
    before = dict(_known)
    try:
        yield
    finally:  # also what a search read that was given up
        if _known != before:
            _store(cache_file)


def _store(cache_file: Path) -> None:
    newest = list(_known.items())[-_REMEMBERED:]
    files = {name: [*stamp, *_plain(facts)] for name, (stamp, facts) in newest}
    with contextlib.suppress(OSError):
        cache_file.parent.mkdir(parents=True, exist_ok=True)
        write_json(cache_file, {"version": __version__, "files": files})


def _stored(cache_file: Path) -> dict[str, tuple[_Stamp, FileFacts]]:
    try:
        found = json.loads(cache_file.read_bytes())
        if found["version"] != __version__:  # it may tell other families
            return {}
        return {
            name: ((size, changed), _facts(*plain))
            for name, (size, changed, *plain) in found["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _plain(facts: FileFacts) -> tuple[object, ...]:
    found = facts.family.id if facts.family else ""
    return facts.kind, facts.size, found, facts.trigger_words, facts.latent_channels


def _facts(kind: Kind, size: int, found: str, words: list[str], channels: int) -> FileFacts:
    return FileFacts(kind, size, family(found) if found else None, tuple(words), channels)


def _read(path: Path) -> FileFacts:
    header = read_header(path)
    tensors = header.tensors
    kind = kind_of_tensors(tensors)
    if kind == "lora":
        found, words = family_of_lora(tensors, header.metadata), _trigger_words(header.metadata)
        return FileFacts(kind, header.size, found, words)
    if kind == "embedding":
        return FileFacts(kind, header.size, _family_of_embedding(tensors))
    return FileFacts(kind, header.size, latent_channels=latent_channels(tensors))


def _family_of_embedding(tensors: Tensors) -> Family | None:
    widths = {shape[-1] for _, shape in tensors.values() if shape}
    if widths == {768, 1280}:
        return family("sdxl")
    return {768: family("sd1"), 1024: family("sd2")}.get(max(widths, default=0))


def _trigger_words(metadata: Mapping[str, str]) -> tuple[str, ...]:
    phrase = metadata.get("modelspec.trigger_phrase", "")
    words = [word.strip() for word in phrase.split(",")] if phrase else _tags_of_all(metadata)
    return tuple(dict.fromkeys(word for word in words if word))[:_MAX_TRIGGERS]


def _tags_of_all(metadata: Mapping[str, str]) -> list[str]:
    """The tags that every training picture of a folder had, from kohya's counts."""
    tags, folders = (_object(metadata.get(k, "")) for k in ("ss_tag_frequency", "ss_dataset_dirs"))
    words: list[str] = []
    for name, counts in tags.items():
        folder = folders.get(name)
        pictures = folder.get("img_count") if isinstance(folder, dict) else None
        if isinstance(pictures, int) and pictures > 0 and isinstance(counts, dict):
            words += [tag.strip() for tag, count in counts.items() if count == pictures]
    return words


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):  # a stranger's text: without it there are no words
        return {}
    return data if isinstance(data, dict) else {}
