"""Where a model is put, and what is tried when memory runs out, on a pipeline that takes notes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from pipelines.devices import Device
from pipelines.memory import WORKING_BYTES, Ladder, is_out_of_memory, place

CPU, CUDA = Device("cpu", "CPU"), Device("cuda", "A card")
GB = 1024**3


class NotingPipe:
    def __init__(self, vae: Any = None) -> None:
        self.done: list[str] = []
        self.vae = vae

    def to(self, kind: str) -> None:
        self.done.append(f"all on {kind}")

    def enable_model_cpu_offload(self, device: str) -> None:
        self.done.append(f"part by part on {device}")


def tiling_vae(done: list[str]) -> Any:
    def enable_tiling() -> None:
        done.append("tiling")
        vae.use_tiling = True

    vae = SimpleNamespace(
        use_tiling=False,
        enable_tiling=enable_tiling,
        enable_slicing=lambda: done.append("slicing"),
    )
    return vae


@pytest.mark.parametrize(
    ("used", "share", "size", "done"),
    [
        (0, 1.0, 8 * GB - WORKING_BYTES, "all on cuda"),
        (1, 1.0, 8 * GB - WORKING_BYTES, "part by part on cuda"),
        (0, 0.5, 2 * GB, "all on cuda"),
        (0, 0.5, 2 * GB + 1, "part by part on cuda"),
        (6 * GB, 1.0, GB, "part by part on cuda"),  # other programs use it too
    ],
)
def test_what_does_not_fit_is_worked_on_in_parts(
    monkeypatch: pytest.MonkeyPatch, used: int, share: float, size: int, done: str
) -> None:
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (8 * GB - used, 8 * GB))
    pipe = NotingPipe()
    assert place(pipe, CUDA, size, share) is done.startswith("part")
    assert pipe.done == [done]


def test_what_turns_out_not_to_fit_is_worked_on_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def to(_kind: str) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (80 * GB, 80 * GB))
    pipe = NotingPipe()
    monkeypatch.setattr(pipe, "to", to)
    assert place(pipe, CUDA, GB, 1.0)
    assert pipe.done == ["part by part on cuda"]


def test_main_memory_takes_everything() -> None:
    pipe = NotingPipe()
    assert not place(pipe, CPU, 1000 * GB, 0.1)
    assert pipe.done == ["all on cpu"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory."), True),
        (MemoryError(), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_lack_of_memory_is_known_in_all_its_guises(error: BaseException, expected: bool) -> None:
    assert is_out_of_memory(error) is expected


def test_a_card_has_three_rungs() -> None:
    pipe, ladder = NotingPipe(), Ladder()
    pipe.vae = tiling_vae(pipe.done)
    assert ladder.climb(pipe, CUDA, 4)
    assert (pipe.done, ladder.one_at_a_time) == (["tiling", "slicing"], False)
    assert ladder.climb(pipe, CUDA, 4)
    assert ladder.one_at_a_time
    assert ladder.climb(pipe, CUDA, 1)
    assert pipe.done[-1] == "part by part on cuda"
    assert ladder.offloaded
    assert not ladder.climb(pipe, CUDA, 1)
    assert len(ladder.notes) == 3


def test_rungs_that_a_pipeline_lacks_are_skipped() -> None:
    ladder = Ladder()
    assert ladder.climb(NotingPipe(vae=object()), CPU, 2)
    assert ladder.notes == ("Memory was short: pictures were drawn one at a time.",)
    assert not ladder.climb(NotingPipe(vae=object()), CPU, 1)
    assert len(ladder.notes) == 1


def test_a_rung_is_only_taken_where_it_changes_something() -> None:
    pipe, ladder = NotingPipe(vae=object()), Ladder(offloaded=True)
    assert not ladder.climb(pipe, CUDA, 1), "one at a time, and in parts already"
    assert (ladder.notes, pipe.done) == ((), [])
    assert ladder.climb(pipe, CUDA, 2), "a larger batch later still can be split"


def test_a_vae_that_was_put_in_later_is_tiled_too() -> None:
    pipe, ladder = NotingPipe(), Ladder()
    for _ in range(2):
        pipe.vae = tiling_vae(pipe.done)
        assert ladder.climb(pipe, CPU, 1)
    assert pipe.done == ["tiling", "slicing"] * 2
