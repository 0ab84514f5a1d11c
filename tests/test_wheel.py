"""The wheel holds everything: installed, one command runs from another folder."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_an_installed_wheel_draws_from_another_folder(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = dist.glob("*.whl")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--no-index", "--no-deps", str(wheel)],
        check=True,
    )
    # The libraries are those of the environment the tests run in.
    (packages,) = (
        (venv / "lib").glob("python*/site-packages")
        if os.name != "nt"
        else (venv / "Lib/site-packages",)
    )
    (packages / "outer.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    fabula = python.with_name("fabula" + (".exe" if os.name == "nt" else ""))
    done = subprocess.run(
        [str(fabula), "imagine", "a robot", "--steps", "2", "-o", "robot.png", "--json"],
        cwd=elsewhere,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        | {"FABULA_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["pictures"][0]["path"] == "robot.png"
    assert (elsewhere / "robot.png").stat().st_size > 1000
    where = subprocess.run(
        [str(python), "-c", "import pipelines.assets as a; print(a.assets_folder())"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(venv)
