"""Which looks, and which networks that enlarge, are on this disk. Standard library only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.api import PipelineError
from pipelines.enhance_requests import StyleShare
from pipelines.headers import read_header
from pipelines.model_search import SAFETENSORS, Check, files_and_models, unchecked
from pipelines.networks.recognition import recognise
from pipelines.starters.manifest import find_starter, starters
from pipelines.starters.places import installed_folder

if TYPE_CHECKING:
    from pipelines.networks.recognition import NetworkSpec
    from pipelines.starters.manifest import Starter

LookKind = Literal["translator", "painting", "like"]

PAINTING_STARTER = "painting-styles"
ANY_PICTURE = "any-picture"
"""The id of the look that takes its style from a picture."""

_LARGEST = 512 * 1024 * 1024
"""Bytes; the largest network of these kinds, pix2pix's U-Net, has half of it."""

_SHARE = re.compile(r"painting-(\d+)(?::(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the list of looks.

    `kind`: "translator" is a GAN of its own, "painting" one of the built-in styles, whose number
    is `style`, "like" takes the style of a picture. `network` is what a StyleRequest is given,
    `size` that of its files in bytes. `licence` is "" where nobody says it.
    """

    id: str
    name: str
    kind: LookKind
    family: str
    licence: str
    size: int
    network: Path
    style: int = 0


@dataclass(frozen=True, slots=True)
class Enlarger:
    """A network that enlarges; `variant` names one of the starter's. `scales` are its own."""

    id: str
    name: str
    family: str
    licence: str
    size: int
    network: Path
    scales: tuple[int, ...]
    variant: str = ""


def find_looks(folders: Iterable[Path], check: Check = unchecked) -> list[Look]:
    """The starter set's looks that are installed, then those of the person's own folders."""
    found = [look for each in starters() if each.kind == "style" for look in _of_starter(each)]
    found += [
        Look(path.stem, path.stem, "translator", spec.title, "", size, path)
        for path, spec, size in _own(folders, check)
        if not spec.enlarges
    ]
    return found


def find_enlargers(folders: Iterable[Path], check: Check = unchecked) -> list[Enlarger]:
    """The starter set's networks, if they are installed, then those of the person's folders."""
    found = []
    starter = find_starter("real-esrgan")
    if (folder := installed_folder(starter)) is not None:
        for variant, networks in starter.defaults["networks"].items():
            size = sum(
                file.installed.size
                for file in starter.files
                if Path(file.name).stem in networks.values()
            )
            scales = tuple(sorted(map(int, networks)))
            found.append(
                Enlarger(
                    variant, f"{starter.title} {variant}", starter.family, starter.licence, size,
                    folder, scales, variant,
                )
            )  # fmt: skip
    found += [
        Enlarger(path.stem, path.stem, spec.title, "", size, path, (spec.scale,))
        for path, spec, size in _own(folders, check)
        if spec.enlarges
    ]
    return found


def resolve_look(name: str, looks: Sequence[Look]) -> tuple[str, str, tuple[StyleShare, ...]]:
    """The network, the look's name and the shares of styles that `name` means.

    `name` is a file, the id of a look, or a mixture: "painting-3:0.7,painting-12:0.3". Raises
    PipelineError `unknown_look`.
    """
    path = Path(name).expanduser()
    if path.is_file():
        return str(path.resolve()), path.stem, ()
    shares = [_SHARE.fullmatch(part.strip()) for part in name.split(",")]
    painting = next((look for look in looks if look.kind == "painting"), None)
    if painting is not None and all(shares):
        styles = tuple(StyleShare(int(m[1]), float(m[2] or 1)) for m in shares if m)
        return str(painting.network), name, styles
    for look in looks:
        if look.id == name and look.kind == "translator":
            return str(look.network), look.id, ()
    raise _unknown("look", name, [look.id for look in looks if look.kind != "like"])


def resolve_enlarger(name: str, enlargers: Sequence[Enlarger]) -> tuple[str, str]:
    """The network and its variant that `name` means: a file or an id; "" is the first there is.

    Raises PipelineError `unknown_look`.
    """
    path = Path(name).expanduser()
    if name and path.is_file():
        return str(path.resolve()), ""
    for each in enlargers:
        if name in ("", each.id):
            return str(each.network), each.variant
    raise _unknown("network", name, [each.id for each in enlargers])


def _of_starter(starter: Starter) -> list[Look]:
    folder = installed_folder(starter)
    if folder is None:
        return []
    entry = partial(Look, family=starter.family, licence=starter.licence, size=starter.size)
    if network := starter.defaults.get("network"):
        return [entry(starter.id, starter.title, "translator", network=folder / network)]
    paintings = [
        entry(f"painting-{number}", f"Painting {number}", "painting", network=folder, style=number)
        for number in range(1, starter.defaults["styles"] + 1)
    ]
    return [*paintings, entry(ANY_PICTURE, "Any picture", "like", network=folder)]


def _own(folders: Iterable[Path], check: Check) -> list[tuple[Path, NetworkSpec, int]]:
    found = []
    for folder in folders:
        for path in files_and_models(folder, SAFETENSORS):
            check()
            if path.is_dir() or os.path.getsize(path) > _LARGEST:
                continue
            try:
                header = read_header(path)
            except PipelineError:  # the models page says what is wrong with it
                continue
            spec = recognise({name: info.shape for name, info in header.tensors.items()})
            if spec is not None:
                found.append((path, spec, header.size))
    return found


def _unknown(what: str, name: str, known: Sequence[str]) -> PipelineError:
    if not known:
        hint = "“fabula models install starter” brings some."
    else:
        hint = f"There are {', '.join(known)}, and files."
    wanted = f"There is no {what} “{name}”." if name else f"There is no {what} on this disk."
    return PipelineError("unknown_look", wanted, hint)
