"""Fetches a model that was confirmed: resumable, each file checked, whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2

from pipelines.api import PipelineError
from pipelines.hub.ask import address
from pipelines.hub.cache_layout import is_there, parts_folder, take_in
from pipelines.hub.connection import check_answer, connected, unreachable
from pipelines.hub.part_file import PartFile
from pipelines.hub.requests import HubDownloaded
from pipelines.locks import FileLock
from pipelines.model_facts import asks_for_a_program, read_json
from pipelines.model_folder import INDEX
from pipelines.write_errors import write_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.api import JobContext
    from pipelines.hub.requests import HubFile, HubOffer

_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before the tries that follow one that brought nothing; one that brought something is
followed at once."""
_MARGIN = 1.05  # of the size has to be free: a disk without any room makes other programs fail
_PARTIAL = 206
_PAST_THE_END = 416
_FAILING = 500  # the server's own trouble, which passes


def download(offer: HubOffer, ctx: JobContext) -> HubDownloaded:
    """Brings the files of `offer` into the Hugging Face cache; what is there already stays.

    Progress is in bytes, of files and of what an earlier run left. Raises PipelineError:
    "downloading" when another process does, "offline_wanted", "offline", "gated" and the like,
    "wrong_hash", "foreign_code", "disk_full", "read_only" or "write_failed". What has arrived by
    then is kept for the next time; in the cache there is nothing of it.
    """
    folder = parts_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            held.enter_context(_only_one(folder))
            client = held.enter_context(connected())
            return _Download(offer, folder, client, ctx).run()
    except OSError as error:
        raise write_error(Path(error.filename or folder), error) from error


class _Download:
    def __init__(
        self, offer: HubOffer, folder: Path, client: httpx2.Client, ctx: JobContext
    ) -> None:
        self._offer, self._folder, self._client, self._ctx = offer, folder, client, ctx
        self._missing = {
            file.etag: file for file in offer.files if not is_there(offer.question.repo, file)
        }
        self._total = sum(file.size for file in self._missing.values())
        self._done = self._fetched = 0

    def run(self) -> HubDownloaded:
        _check_room(self._missing.values(), self._folder)
        # The small ones first: what they ask for is known before the weights are on their way.
        files = sorted(self._missing.values(), key=lambda file: (file.size, file.path))
        fetched = {file.etag: self._bring(file) for file in files}
        return HubDownloaded(str(take_in(self._offer, fetched)), self._fetched)

    def _bring(self, file: HubFile) -> Path:
        whole = self._folder / file.etag
        if whole.is_file() and whole.stat().st_size == file.size:  # of an earlier run, checked
            self._count(file, file.size)
        else:
            with PartFile(file, self._folder, lambda size: self._count(file, size)) as part:
                self._fill(part, file)
                whole = part.finish()
        _check_configuration(whole, file)
        return whole

    def _fill(self, part: PartFile, file: HubFile) -> None:
        fruitless = 0
        while part.size < file.size:
            before = part.size
            trouble: httpx2.HTTPError | None = None
            try:
                self._receive(part, file)
            except httpx2.TransportError as error:
                trouble = error
            if part.size > before:
                fruitless = 0
            elif fruitless == len(_PAUSES):
                raise unreachable(trouble or httpx2.ReadError("it ends too early"))
            else:
                self._wait(_PAUSES[fruitless])
                fruitless += 1

    def _receive(self, part: PartFile, file: HubFile) -> None:
        """One answer of the server, from where the part ends."""
        headers = {}
        if part.size:
            headers["Range"] = f"bytes={part.size}-"
            if part.version:
                headers["If-Range"] = part.version
        url = address(self._offer.question, self._offer.commit, file.path)
        with self._client.stream("GET", url, headers=headers) as response:
            if response.status_code >= _FAILING:
                raise httpx2.ReadError(f"it answers {response.status_code}")
            past_the_end = response.status_code == _PAST_THE_END
            if not past_the_end:
                check_answer(response, self._offer.question)
            if not _goes_on(response, part):
                self._done -= part.size
                part.restart(_strong_etag(response))
            if past_the_end:
                return
            for chunk in response.iter_bytes():
                part.add(chunk)
                self._fetched += len(chunk)
                self._count(file, len(chunk))

    def _count(self, file: HubFile, size: int) -> None:
        self._done += size
        self._ctx.progress(self._done, self._total, f"Fetching {file.path}")

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._ctx.check()
            time.sleep(0.05)


def _goes_on(response: httpx2.Response, part: PartFile) -> bool:
    """Whether the server sends what comes after the part, and not all of it."""
    begin = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return response.status_code == _PARTIAL and begin == str(part.size)


def _strong_etag(response: httpx2.Response) -> str:
    """For If-Range, which takes no weak one (RFC 9110, 13.1.5)."""
    etag = str(response.headers.get("ETag", ""))
    return etag if etag.startswith('"') else ""


def _check_configuration(path: Path, file: HubFile) -> None:
    """Raises PipelineError "foreign_code" where a configuration names a program to fetch and run.

    One that cannot be read is refused as well: somebody else's reader might understand it.
    """
    if not file.path.endswith(("config.json", INDEX)):
        return
    try:
        harmless = not asks_for_a_program(read_json(path))
    except PipelineError:
        harmless = False
    if not harmless:
        path.unlink()
        raise PipelineError(
            "foreign_code",
            f"“{file.path}” asks for a stranger's program, or cannot be read.",
            "Nothing of the model was taken. Look for a version that needs no program of its own.",
        )


def _check_room(files: Iterable[HubFile], folder: Path) -> None:
    needed = sum(file.size - _already(folder, file) for file in files) * _MARGIN
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PipelineError(
            "disk_full",
            f"There is no room for the model in {folder.parent}: {needed / 1e6:,.0f} MB are "
            f"needed, {free / 1e6:,.0f} MB are free.",
            "Make room on that disk, or set HF_HOME to a folder on another one.",
        )


def _already(folder: Path, file: HubFile) -> int:
    for name in (file.etag, f"{file.etag}.part"):
        if os.path.isfile(folder / name):
            return min(file.size, (folder / name).stat().st_size)
    return 0


def _only_one(folder: Path) -> FileLock:
    return FileLock.only_one(
        folder / ".lock",
        PipelineError(
            "downloading",
            "Another window or command downloads a model at this moment.",
            "Wait until it is done, then try again.",
        ),
    )
