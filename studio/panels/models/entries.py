"""Everything on this disk that is a model or part of one, as rows of one list. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.assets import assets_folder
from pipelines.licences import LicenceClass, class_of_licence
from pipelines.model_search import hub_cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pipelines.families import Family
    from pipelines.io_requests import Found
    from pipelines.starters.manifest import Starter

Kind = Literal[
    "picture", "lora", "vae", "embedding", "text", "style", "enlarge", "meaning", "broken"
]
KINDS: tuple[Kind, ...] = (
    "picture", "lora", "vae", "embedding", "text", "style", "enlarge", "meaning", "broken",
)  # fmt: skip
Source = Literal["program", "starters", "hub", "folders"]
SOURCES: tuple[Source, ...] = ("program", "starters", "hub", "folders")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """One row. `size` in bytes, 0 where nobody knows it; "" for what the files do not tell.

    `id` is what requests call it. `problem` says why it cannot be used and what helps. `starter` is
    the id of a starter that was installed. `forgotten` ones were taken off the list.
    """

    path: Path
    id: str
    title: str
    kind: Kind
    source: Source
    family: str = ""
    size: int = 0
    licence: str = ""
    problem: str = ""
    starter: str = ""
    forgotten: bool = False

    @property
    def licence_class(self) -> LicenceClass:
        return class_of_licence(self.licence)


def entries_of(
    found: Found,
    installed: Mapping[str, Path],
    starters: tuple[Starter, ...],
    is_forgotten: Callable[[Path], bool],
) -> list[ModelEntry]:
    """Models first, then what is added to them, then the starters; within a kind by title.

    `found` is the last look at the disk, `installed` are the folders of `starters` by id.
    """
    rows = [*_found(found, is_forgotten), *_starters(installed, starters)]
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), row.title.casefold()))


def _found(found: Found, is_forgotten: Callable[[Path], bool]) -> Iterator[ModelEntry]:
    for model in found.models:
        yield ModelEntry(
            path=model.path,
            id=model.id,
            title=model.title,
            kind="picture",
            source=_source(model.path),
            family=model.family.title,
            size=model.size_bytes,
            licence=model.licence,
            problem=model.missing,
            forgotten=is_forgotten(model.path),
        )
    for lora in found.loras:
        yield _part(lora.path, lora.id, "lora", lora.size_bytes, is_forgotten, lora.family)
    for vae in found.vaes:
        yield _part(vae.path, vae.id, "vae", vae.size_bytes, is_forgotten)
    for word in found.embeddings:
        size = word.size_bytes
        yield _part(word.path, word.id, "embedding", size, is_forgotten, word.family)
    for each in found.broken:
        yield ModelEntry(
            path=each.path,
            id=str(each.path),
            title=each.path.name,
            kind="broken",
            source=_source(each.path),
            problem=f"{each.message} {each.hint}".strip(),
            forgotten=is_forgotten(each.path),
        )


def _part(
    path: Path,
    name: str,
    kind: Kind,
    size: int,
    is_forgotten: Callable[[Path], bool],
    family: Family | None = None,
) -> ModelEntry:
    """What is added to a model; none of these says under which licence it is."""
    return ModelEntry(
        path=path,
        id=name,
        title=name,
        kind=kind,
        source=_source(path),
        family=family.title if family else "",
        size=size,
        forgotten=is_forgotten(path),
    )


def _starters(installed: Mapping[str, Path], starters: tuple[Starter, ...]) -> Iterator[ModelEntry]:
    kinds: dict[str, Kind] = {str(kind): kind for kind in KINDS}
    for each in starters:
        if each.id in installed:
            yield ModelEntry(
                path=installed[each.id],
                id=each.id,
                title=each.title,
                kind=kinds[each.kind],
                source="starters",
                family=each.family,
                size=each.size,
                licence=each.licence,
                starter=each.id,
            )


def _source(path: Path) -> Source:
    if path.is_relative_to(assets_folder()):
        return "program"
    return "hub" if path.is_relative_to(hub_cache_folder()) else "folders"
