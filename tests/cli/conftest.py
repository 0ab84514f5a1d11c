"""Running the command line as a person does, in a Python where Qt cannot be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

WITHOUT_QT = """
import sys
sys.modules["PySide6"] = sys.modules["shiboken6"] = None
sys.path.insert(0, {root!r})
from studio.__main__ import main
if __name__ == "__main__":
    sys.exit(main())
"""
ROOT = Path(__file__).parent.parent.parent

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, home: Path) -> Start:
    script = tmp_path / "fabula.py"
    script.write_text(WITHOUT_QT.format(root=str(ROOT)), encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()

    def begin(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(script), *arguments],
            cwd=work,
            env=os.environ | {"FABULA_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


@pytest.fixture
def fabula(start: Start) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        with start(*arguments) as process:
            out, err = process.communicate(timeout=180)
            return process.returncode, out, err

    return run


@pytest.fixture
def work(tmp_path: Path, start: Start) -> Path:
    """The folder the command runs in."""
    return tmp_path / "work"
