"""What uses a model: jobs of the queue, documents of the project, pictures of the library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines import codec
from studio.document.errors import ProjectError
from studio.library_index import model_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from studio.document.documents import Document
    from studio.jobs.job import Job

_NAMES = ("title", "name")


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """Titles of jobs that run, wait or can be tried again, names of documents, pictures made."""

    jobs: tuple[str, ...]
    documents: tuple[str, ...]
    pictures: int


def usage_of(
    names: Collection[str],
    jobs: Iterable[Job],
    documents: Iterable[Document],
    pictures: Sequence[tuple[str, int]],
) -> ModelUsage:
    """Who names the model by one of `names`, its id and its path.

    `pictures` are names of models as the library's index has them, and how many each made.
    """
    in_index = {model_name({"model": name}) for name in names}
    written = [json.dumps(name, ensure_ascii=False)[1:-1] for name in names]
    return ModelUsage(
        tuple(job.title for job in jobs if _is_named(codec.to_json(job.request), names)),
        tuple(
            _name_of(each)
            for each in documents
            if any(text in each.text for text in written) and _is_named(_data(each), names)
        ),
        sum(count for name, count in pictures if name in in_index),
    )


def _is_named(value: Any, names: Collection[str]) -> bool:
    return any(text in names for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    inside = [value]
    while inside:
        found = inside.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            inside += found.values()
        elif isinstance(found, list | tuple):
            inside += found


def _data(document: Document) -> dict[str, Any]:
    try:
        return document.data
    except ProjectError:  # of another program: it uses nothing that we know
        return {}


def _name_of(document: Document) -> str:
    data = _data(document)
    named = (data.get(key) for key in _NAMES)
    return next((name for name in named if isinstance(name, str) and name), document.key)
