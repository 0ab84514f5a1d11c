from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import environment


def test_a_given_environment_is_filled() -> None:
    values: dict[str, str] = {}
    environment.harden(values)
    assert values["HF_HUB_OFFLINE"] == values["DIFFUSERS_DISABLE_REMOTE_CODE"] == "1"
    assert values["USE_HUB_KERNELS"] == "NO"


@pytest.mark.parametrize(
    ("before", "offline"),
    [({}, False), ({"HF_HUB_OFFLINE": "1"}, True), ({"TRANSFORMERS_OFFLINE": "yes"}, True)],
)
def test_what_the_person_wanted_is_known_after_hardening(
    before: dict[str, str], offline: bool
) -> None:
    values = dict(before)
    assert environment.wants_offline(values) == offline
    environment.harden(values)
    environment.harden(values)  # a child of a child
    assert environment.wants_offline(values) == offline


def test_too_late_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "diffusers", environment)
    with pytest.raises(RuntimeError, match="diffusers"):
        environment.harden()


@pytest.mark.parametrize("module", ["pipelines.host", "pipelines.text_to_image"])
def test_nothing_that_the_child_starts_with_imports_them_earlier(module: str) -> None:
    code = f"import {module}, pipelines.environment as e; e.harden()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_library_leaves_an_id_of_this_machine(tmp_path: Path) -> None:
    """Where onnxruntime is installed, it and diffusers, which imports it, keep quiet."""
    pytest.importorskip("onnxruntime")
    code = "import pipelines.environment as e; e.harden(); import onnxruntime"
    told = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, env=told)
    assert not list(tmp_path.iterdir())
