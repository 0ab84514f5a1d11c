"""One model is judged and hashed: the shipped one, files, and what is gone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from pipelines.api import JobCancelled, PipelineError
from pipelines.model_tasks import check, sha256
from pipelines.shipped import shipped_models
from tests.scripted_context import ScriptedContext

if TYPE_CHECKING:
    from pathlib import Path

STARTER = shipped_models()[0]


@pytest.fixture
def ctx(tmp_path: Path) -> ScriptedContext:
    return ScriptedContext(tmp_path)


def test_the_shipped_model_has_no_findings(ctx: ScriptedContext) -> None:
    assert check(STARTER.path, ctx).findings == ()


def test_the_hash_of_a_model_is_that_of_its_unet(ctx: ScriptedContext) -> None:
    weights = STARTER.path / "unet" / "diffusion_pytorch_model.safetensors"
    assert sha256(STARTER.path, ctx) == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert ctx.progressed[-1].step == ctx.progressed[-1].total == weights.stat().st_size


def test_the_hash_of_a_file_and_of_a_folder_of_files(tmp_path: Path, ctx: ScriptedContext) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.safetensors").write_bytes(name.encode())
    one, two = (hashlib.sha256(name).hexdigest() for name in (b"a", b"b"))
    assert sha256(tmp_path / "a.safetensors", ctx) == one
    assert sha256(tmp_path, ctx) == hashlib.sha256((one + two).encode()).hexdigest()


def test_what_is_gone_or_empty_is_said_and_a_cancel_is_heard(
    tmp_path: Path, ctx: ScriptedContext
) -> None:
    with pytest.raises(PipelineError) as caught:
        sha256(tmp_path / "gone.safetensors", ctx)
    assert caught.value.code == "unreadable"
    with pytest.raises(PipelineError) as caught:
        sha256(tmp_path, ctx)
    assert caught.value.code == "no_weights"
    (tmp_path / "a.safetensors").write_bytes(b"a")
    with pytest.raises(JobCancelled):
        sha256(tmp_path / "a.safetensors", ScriptedContext(tmp_path, cancel_at=1))
