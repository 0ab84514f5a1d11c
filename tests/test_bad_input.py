"""Bad input on its whole way, from the queue to the child and back: one sentence, nothing lost.

One queue and one child serve all of these tests, as in a program that is open for a day.
"""

from __future__ import annotations

import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from pipelines.api import Failed, Lora, Picture, TextToImageRequest, TextToImageResult
from studio.jobs.job import Job, JobState
from tests.bad_disks import FOLDERS
from tests.disks import needs_disks, run_with_disks
from tests.pipelines.header_files import write_safetensors
from tests.queue_world import GOOD, STARTER, QueueWorld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

SDXL_LORA = {
    "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_v.lora_down.weight": (
        8,
        2048,
    )
}


class World(QueueWorld):
    """Jobs that succeed, and jobs that are refused."""

    def draw(self, request: TextToImageRequest) -> tuple[list[Picture], TextToImageResult]:
        """A job that succeeds: its pictures in the library, and its result."""
        job = self.jobs.submit(request, title="good")
        results: list[TextToImageResult] = []
        job.succeeded.connect(results.append)
        self.settled(job)
        assert job.failure is None
        return [item for item in job.items if isinstance(item, Picture)], results[0]

    def refused(self, request: TextToImageRequest) -> Failed:
        return self.failed(self.jobs.submit(request, title="bad"))

    def failed(self, job: Job) -> Failed:
        """What is said of a job that fails; it can be retried, and all else is as before."""
        pid, pictures = self.driver.pid, self.library.recent()
        failure, stopped, left = self.settled(job).failure, self.jobs.stopped(), self.spooled()
        self.jobs.remove(job)
        assert failure is not None
        assert failure.code != "internal", failure
        assert failure.hint
        assert len(failure.message.splitlines()) == 1
        assert (stopped, left, self.library.recent()) == ([job], [], pictures)
        (picture,), _ = self.draw(GOOD)
        assert Path(picture.path).is_relative_to(self.library.folder)
        assert self.driver.pid == pid, "it is the same child"
        return failure


@pytest.fixture(scope="module")
def world(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FABULA_HOME", str(folder))
        made = World(folder)
        made.draw(GOOD)
    yield made
    made.close()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model that may be damaged."""
    return Path(shutil.copytree(STARTER.path, tmp_path / "my model"))


def cut(file: Path, count: int) -> None:
    os.truncate(file, file.stat().st_size - count)


@pytest.mark.parametrize("prompt", ["", " \n\t"])
def test_an_empty_prompt(world: World, prompt: str) -> None:
    failure = world.refused(replace(GOOD, prompt=prompt))
    assert (failure.code, failure.message) == ("empty_prompt", "The prompt is empty.")


def test_ten_thousand_letters_are_drawn_and_the_note_says_how_many_count(world: World) -> None:
    prompt = ("a red castle, " * 800)[:10_000]
    pictures, result = world.draw(replace(GOOD, prompt=prompt))
    assert result.notes == (
        f"Only the first {STARTER.tokens} tokens of the prompt count: it is longer.",
    )
    assert pictures[0].prompt == prompt
    assert world.library.get(Path(pictures[0].path)).prompt == prompt


def test_a_prompt_beyond_all_measure(world: World) -> None:
    failure = world.refused(replace(GOOD, prompt="a" * 20_001))
    assert failure.code == "long_prompt"
    assert "20,000 letters" in failure.message


def test_size_zero_is_the_models_own(world: World) -> None:
    ((picture,), _) = world.draw(replace(GOOD, width=0, height=0))
    own = STARTER.defaults
    assert (picture.width, picture.height) == (own.width, own.height)
    with Image.open(picture.path) as image:
        assert image.size == (own.width, own.height)


@pytest.mark.parametrize(("side", "value"), [("width", 30_000), ("height", 30_000), ("width", -8)])
def test_a_size_that_nobody_draws(world: World, side: str, value: int) -> None:
    sizes: dict[str, Any] = {side: value}
    failure = world.refused(replace(GOOD, **sizes))
    assert failure.code == "bad_size"
    assert failure.message == f"A {side} of {value:,} pixels cannot be drawn."


@pytest.mark.parametrize(
    "missing",
    [
        "model_index.json",
        "vae/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "tokenizer/tokenizer.json",
        "scheduler/scheduler_config.json",
    ],
)
def test_a_model_folder_with_a_file_missing(world: World, model: Path, missing: str) -> None:
    (model / missing).unlink()
    failure = world.refused(replace(GOOD, model=str(model)))
    assert failure.code in ("missing_component", "not_a_model")
    assert missing in failure.message
    assert "my model" in failure.message


@pytest.mark.parametrize("count", [1, 1_000_000])
def test_truncated_weights(world: World, model: Path, count: int) -> None:
    cut(model / "unet" / "diffusion_pytorch_model.safetensors", count)
    failure = world.refused(replace(GOOD, model=str(model)))
    assert failure.code == "truncated"
    assert "“my model” cannot be used: unet/" in failure.message


def test_weights_that_are_whole_and_wrong(world: World, model: Path) -> None:
    shutil.copy(
        model / "vae" / "diffusion_pytorch_model.safetensors",
        model / "unet" / "diffusion_pytorch_model.safetensors",
    )
    failure = world.refused(replace(GOOD, model=str(model)))
    assert failure.code == "bad_model"
    assert f"“{STARTER.title}” cannot be loaded: the weights of its unet" in failure.message


class Trap:
    """Unpickled, it makes a folder."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.place),)


@pytest.mark.parametrize("name", ["model.ckpt", "model.safetensors", "model.pt"])
def test_a_pickle_is_refused_whatever_it_is_called(world: World, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pickle.dumps({"state_dict": Trap(tmp_path / "sprung")}))
    failure = world.refused(replace(GOOD, model=str(tmp_path / name)))
    assert failure.code == "pickle"
    assert name in failure.message
    assert not (tmp_path / "sprung").exists()


def test_a_pickle_within_a_model_folder(world: World, model: Path, tmp_path: Path) -> None:
    weights = model / "unet" / "diffusion_pytorch_model.safetensors"
    weights.unlink()
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    weights.with_suffix(".bin").write_bytes(trap)
    assert world.refused(replace(GOOD, model=str(model))).code == "pickle"
    assert not (tmp_path / "sprung").exists()


def test_a_lora_of_another_family(world: World, tmp_path: Path) -> None:
    lora = write_safetensors(tmp_path / "ink.safetensors", SDXL_LORA)
    failure = world.refused(replace(GOOD, loras=(Lora(str(lora)),)))
    assert failure.code == "wrong_lora"
    assert "“ink” was made for " in failure.message
    assert STARTER.title in failure.message


def test_a_lora_that_is_gone(world: World, tmp_path: Path) -> None:
    failure = world.refused(replace(GOOD, loras=(Lora(str(tmp_path / "ink.safetensors")),)))
    assert "ink" in failure.message


@pytest.mark.parametrize("damage", ["empty", "half", "text"])
def test_a_start_picture_that_is_damaged(world: World, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "holiday.png"
    Image.effect_noise((64, 64), 90).save(path)
    whole = path.read_bytes()
    path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "text": b"<html>"}[damage])
    failure = world.refused(replace(GOOD, init_image=str(path)))
    assert failure.code == "bad_picture"
    assert "“holiday.png” cannot be read" in failure.message


def test_a_model_that_goes_away_while_its_job_waits(world: World, model: Path) -> None:
    world.jobs.set_paused(True)
    job = world.jobs.submit(replace(GOOD, model=str(model)), title="bad")
    model.rename(model.with_name("elsewhere"))
    world.jobs.set_paused(False)
    failure = world.failed(job)
    assert failure.code == "not_found"
    assert str(model) in failure.message


def test_a_model_that_goes_away_while_it_is_warm_and_comes_back(world: World, model: Path) -> None:
    request = replace(GOOD, model=str(model))
    world.draw(request)
    elsewhere = model.rename(model.with_name("elsewhere"))
    job = world.settled(world.jobs.submit(request, title="bad"))
    assert job.failure is not None
    assert (job.failure.code, str(model) in job.failure.message) == ("not_found", True)
    elsewhere.rename(model)
    again = world.settled(world.jobs.retry(job))
    assert again.state is JobState.SUCCEEDED
    assert world.jobs.stopped() == []


@needs_disks
def test_a_full_and_a_read_only_disk(tmp_path: Path) -> None:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    mounts = "mount -t tmpfs -o size=64k tmpfs full && mount -t tmpfs -o ro tmpfs read-only"
    full, read_only, good = run_with_disks(tmp_path, mounts, "tests.bad_disks")
    code, message, hint = full["told"]
    assert (full["outcome"], code) == ("Failed", "disk_full")
    assert message.startswith("The disk is full")
    assert str(tmp_path / "full") in hint
    assert 0 < len(full["pictures"]) < 9, "what there was room for stays"
    assert full["files"] == full["pictures"], "and nothing lies half-written beside it"
    code, message, hint = read_only["told"]
    assert (read_only["outcome"], code) == ("Failed", "read_only")
    assert str(tmp_path / "read-only") in message
    assert read_only["files"] == []
    assert (good["outcome"], len(good["files"])) == ("Done", 9)


@needs_disks
def test_a_library_on_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "Fabula").mkdir()
    mounts = "mount -t tmpfs -o size=64k tmpfs Fabula"
    full, again = run_with_disks(tmp_path, mounts, "tests.full_library")
    code, message, hint = full["told"]
    assert code == "library_unwritable"
    assert "could not be put into the library" in message
    assert "Make room" in hint
    assert full["stopped"] == ["foxes"]
    assert 0 < len(full["entries"]) < 9
    assert full["files"] == full["entries"]
    assert full["spooled"], "the picture that found no room"
    assert len(again["entries"]) == len(full["entries"]) + len(full["spooled"])
    assert again["files"] == again["entries"]
    assert (again["spooled"], again["prompts"]) == ([], ["a fox"])
    assert again["stopped"] == ["foxes"], "it can still be retried"
