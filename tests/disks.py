"""Disks that are full or read-only, which nobody but a test sees."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def has_namespaces() -> bool:
    """Whether this system lets us mount disks that nobody else sees."""
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-rm", "true"]).returncode == 0


def run_with_disks(folder: Path, mounts: str, module: str) -> list[dict[str, Any]]:
    """What a test module says that runs in `folder` where these disks are mounted."""
    root = str(Path(__file__).parent.parent)
    script = f'cd "$1" && {mounts} && cd "$2" && exec "$3" -m {module} "$1"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(folder), root, sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


needs_disks = pytest.mark.skipif(not has_namespaces(), reason="needs user namespaces (Linux)")
