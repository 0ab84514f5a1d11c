"""Speaks with the hub: where it is, who asks, and what its refusals mean in a sentence."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import httpx2
from huggingface_hub import get_token

from pipelines import __version__
from pipelines.api import PipelineError
from pipelines.environment import wants_offline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.hub.requests import HubQuestion

_HUB = "https://huggingface.co"
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)  # seconds, between two signs of life


def endpoint(environ: Mapping[str, str] = os.environ) -> str:
    """The hub, or the mirror that `HF_ENDPOINT` names; without a slash at its end."""
    return (environ.get("HF_ENDPOINT") or _HUB).rstrip("/")


@contextlib.contextmanager
def connected() -> Iterator[httpx2.Client]:
    """A client that says who asks: `HF_TOKEN`, or who logged in. The token goes to the hub only.

    The model libraries of this process stay offline, as they were told: this is the one door.
    Raises PipelineError "offline_wanted" where `HF_HUB_OFFLINE` is set.
    """
    if wants_offline():
        raise PipelineError(
            "offline_wanted",
            "HF_HUB_OFFLINE is set: nothing is fetched from the hub.",
            "Start the program without it to download models.",
        )
    headers = {"User-Agent": f"fabula-studio/{__version__}", "Accept-Encoding": "identity"}
    if token := get_token():
        headers["Authorization"] = f"Bearer {token}"
    with httpx2.Client(headers=headers, timeout=_TIMEOUT, follow_redirects=True) as client:
        yield client


def unreachable(error: httpx2.HTTPError) -> PipelineError:
    """No answer, or none that could be read."""
    reason = str(error).rstrip(".") or type(error).__name__
    return PipelineError(
        "offline",
        f"{endpoint()} could not be reached: {reason}.",
        "Check the network, then try again. What has arrived is kept.",
    )


def check_answer(response: httpx2.Response, question: HubQuestion) -> None:
    """Raises PipelineError: "gated", "no_such_revision", "no_such_model" or "hub_failed"."""
    if response.is_success:
        return
    code = response.headers.get("X-Error-Code", "")
    if code == "GatedRepo" or response.status_code == httpx2.codes.FORBIDDEN:
        raise PipelineError(
            "gated",
            f"“{question.repo}” is gated: its publisher wants to be asked first.",
            f"Ask for it at {endpoint()}/{question.repo}, then set HF_TOKEN or log in with "
            "“hf auth login”.",
        )
    if code == "RevisionNotFound":
        raise PipelineError(
            "no_such_revision",
            f"“{question.repo}” has no revision “{question.revision}”.",
            "Leave it out for the newest.",
        )
    if response.status_code in (httpx2.codes.NOT_FOUND, httpx2.codes.UNAUTHORIZED):
        raise PipelineError(
            "no_such_model",
            f"The hub shows no “{question.repo}”.",
            "Check the spelling; for a private one set HF_TOKEN or log in with “hf auth login”.",
        )
    raise PipelineError(
        "hub_failed",
        f"The hub answered {response.status_code} for “{question.repo}”.",
        "Try again later. What has arrived is kept.",
    )
