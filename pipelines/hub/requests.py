"""What is asked of the hub, and the answers: values only, the window imports them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.api import PipelineError

if TYPE_CHECKING:
    from pipelines.licences import LicenceClass

MAIN = "main"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?", re.ASCII)
_REVISION = re.compile(r"[\w.-]+(/[\w.-]+)*", re.ASCII)
_LONGEST = 96  # characters; the hub's own limit for a name


@dataclass(frozen=True, slots=True)
class HubQuestion:
    """A repository, "org/name", and a branch, tag or commit of it."""

    repo: str
    revision: str = MAIN

    @classmethod
    def parse(cls, text: str) -> HubQuestion:
        """From "org/name" or "org/name@revision". Raises PipelineError "bad_name"."""
        repo, at, revision = text.strip().partition("@")
        question = cls(repo, revision if at else MAIN)
        if not question.is_plain():
            raise PipelineError(
                "bad_name",
                f"“{text[:_LONGEST]}” is not the name of a model on the hub.",
                "Names are written ORG/NAME, or ORG/NAME@REVISION.",
            )
        return question

    def is_plain(self) -> bool:
        """Whether both can stand in an address and in a path as they are."""
        parts = (*self.repo.split("/"), *self.revision.split("/"))
        return bool(
            _NAME.fullmatch(self.repo)
            and _REVISION.fullmatch(self.revision)
            and len(self.repo) <= _LONGEST
            and not any(part.strip(".") == "" or "--" in part for part in parts)
        )


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository; `size` in bytes.

    `etag` names its content in hexadecimal: the sha256 of a large file, git's sha1 of a small one.
    """

    path: str
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class HubOffer:
    """What would be fetched, of one commit that stays the same whatever becomes of the branch.

    `kind` is the pipeline or task it is for, as its publisher says. `left_out` are files that are
    not taken: other formats, programs, further copies of the same weights. `present` of `size`
    bytes are on this disk already. `gated`: its publisher wants to be asked first.
    """

    question: HubQuestion
    commit: str
    files: tuple[HubFile, ...]
    left_out: int
    kind: str
    licence: str
    licence_class: LicenceClass
    gated: bool
    present: int

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class HubDownloaded:
    """The `snapshot` folder that the files lie in, and how many bytes came over the network."""

    snapshot: str
    fetched: int
