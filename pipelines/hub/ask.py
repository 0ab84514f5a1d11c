"""Asks the hub what a name stands for: one commit, its files, its licence. Nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx2

from pipelines.api import PipelineError
from pipelines.hub.cache_layout import is_there
from pipelines.hub.choice import chosen
from pipelines.hub.connection import check_answer, connected, endpoint, unreachable
from pipelines.hub.requests import HubFile, HubOffer, HubQuestion
from pipelines.licences import class_of_licence
from pipelines.model_folder import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.api import JobContext

_MOST = 32 * 1024 * 1024  # bytes of an answer; the largest repositories' lists have some 3 MB
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ETAG = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_RESERVED = frozenset('\\:*?"<>|\0')
_LONGEST = 120  # characters of a stranger's text that are shown


def ask(question: HubQuestion, ctx: JobContext) -> HubOffer:
    """What would be fetched for `question`, in the end to be confirmed by the person.

    Raises PipelineError: "bad_name", "offline_wanted", "offline", what `check_answer` raises,
    "bad_answer", or "no_weights" where there is nothing that is used here.
    """
    if not question.is_plain():
        raise PipelineError("bad_name", "This is not the name of a model on the hub.")
    ctx.progress(0, 0, f"Asking for {question.repo}")
    with connected() as client:
        about = _json(client, _about_address(question), question, ctx)
        try:
            commit, files = _commit(about), tuple(_files(about))
            components = None
            if any(file.path == INDEX for file in files):
                index = _json(client, address(question, commit, INDEX), question, ctx)
                components = {name for name, part in index.items() if _is_component(part)}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise PipelineError(
                "bad_answer",
                f"What the hub says of “{question.repo}” is not understood.",
                "Is HF_ENDPOINT the address of a hub? Try again later.",
            ) from error
    return _offer(question, commit, about, files, components)


def address(question: HubQuestion, commit: str, path: str) -> str:
    """Where a file of a commit is fetched from."""
    return f"{endpoint()}/{question.repo}/resolve/{commit}/{quote(path)}"


def _about_address(question: HubQuestion) -> str:
    revision = quote(question.revision, safe="")
    return f"{endpoint()}/api/models/{question.repo}/revision/{revision}?blobs=true"


def _offer(
    question: HubQuestion,
    commit: str,
    about: Mapping[str, Any],
    files: Sequence[HubFile],
    components: set[str] | None,
) -> HubOffer:
    taken = chosen(files, components)
    if not any(file.path.endswith(".safetensors") for file in taken):
        raise PipelineError(
            "no_weights",
            f"“{question.repo}” has no weights as .safetensors, the only kind that is fetched.",
            "Look for a version of the model that has them.",
        )
    licence = _licence(about)
    return HubOffer(
        question,
        commit,
        taken,
        len(files) - len(taken),
        _line(about.get("pipeline_tag")),
        licence,
        class_of_licence(licence),
        bool(about.get("gated")),
        sum(file.size for file in taken if is_there(question.repo, file)),
    )


def _json(
    client: httpx2.Client, url: str, question: HubQuestion, ctx: JobContext
) -> Mapping[str, Any]:
    """An object that the hub answers with; bounded, since it is a stranger's."""
    data = bytearray()
    try:
        with client.stream("GET", url) as response:
            check_answer(response, question)
            for chunk in response.iter_bytes():
                ctx.check()
                data += chunk
                if len(data) > _MOST:
                    break
        found = json.loads(data)
    except httpx2.HTTPError as error:
        raise unreachable(error) from error
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise PipelineError(
            "bad_answer",
            f"What {endpoint()} says of “{question.repo}” is no answer of a hub.",
            "Is HF_ENDPOINT the address of a hub? Try again later.",
        )
    return found


def _commit(about: Mapping[str, Any]) -> str:
    commit = about["sha"]
    if not _COMMIT.fullmatch(commit):
        raise ValueError("no commit")
    return str(commit)


def _files(about: Mapping[str, Any]) -> Iterator[HubFile]:
    """The files with names that are safe on every system; the others are left out."""
    for each in about["siblings"]:
        path, large = each["rfilename"], each.get("lfs")
        etag = large["sha256"] if large else each["blobId"]
        size = large["size"] if large else each["size"]
        if not _ETAG.fullmatch(etag) or not isinstance(size, int) or size < 0:
            raise ValueError("no hash or no size")
        if _is_safe(path):
            yield HubFile(path, size, etag)


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return (
        not _RESERVED & set(path)
        and path.isprintable()
        and all(part == part.strip(" ") and part.strip(".") for part in parts)
        and not PurePosixPath(path).is_absolute()
    )


def _is_component(part: object) -> bool:
    return isinstance(part, list) and len(part) == 2 and all(isinstance(p, str) for p in part)


def _licence(about: Mapping[str, Any]) -> str:
    """As the card says it: its name where the publisher has one of their own."""
    card = about.get("cardData")
    said = card if isinstance(card, Mapping) else {}
    licence = _line(said.get("license"))
    return _line(said.get("license_name")) or licence if licence in ("", "other") else licence


def _line(text: object) -> str:
    """A stranger's text as one short line; of several the first."""
    first = text[0] if isinstance(text, list) and text else text
    return " ".join(first.split())[:_LONGEST] if isinstance(first, str) else ""
