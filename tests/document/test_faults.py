"""Every write, sync, rename and open of the disk fails once: old or new state, and a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not sys.platform.startswith("linux") or shutil.which("cc") is None:
        pytest.skip("faults of the disk are made with a C compiler on Linux")
    path = tmp_path_factory.mktemp("faults") / "faults.so"
    subprocess.run(
        ["cc", "-O1", "-shared", "-fPIC", "-o", str(path), str(HERE / "faults.c"), "-ldl"],
        check=True,
    )
    return path


def _run(library: Path, folder: Path, first: int, step: int) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "fault_user.py"),
            str(library),
            str(folder),
            str(first),
            str(step),
        ],
        env=os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["failures"] == []
    assert report["attempts"] >= 6 * len(range(first, report["changes"] + 1, step))
    said = " ".join(report["messages"])
    for sentence in (
        "could not be opened: the disk is full.",
        "“a.fabula” could not be saved: the disk is full.",
        "The change could not be stored: the disk reported an error.",
    ):
        assert sentence in said


def test_a_sample_of_faults_loses_nothing(library: Path, tmp_path: Path) -> None:
    _run(library, tmp_path, first=1, step=17)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, 7))
def test_no_fault_at_all_loses_anything(library: Path, tmp_path: Path, first: int) -> None:
    _run(library, tmp_path, first, step=6)
