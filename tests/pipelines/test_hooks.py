"""Cancel reaches the blocks of a model, and leaves the model as it was."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from pipelines.api import JobCancelled
from pipelines.hooks import blocks_of, check_before_each


class Ladder(nn.Module):  # type: ignore[misc]
    """Three rungs in a row; the second list has a gap, as a U-Net without attention there."""

    def __init__(self) -> None:
        super().__init__()
        self.rungs = nn.ModuleList(nn.Linear(2, 2) for _ in range(3))
        self.between = nn.ModuleList([nn.Identity(), None])
        self.after = nn.Linear(2, 2)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        for rung in self.rungs:
            values = rung(values)
        after: torch.Tensor = self.after(values)
        return after


def hooks_of(model: nn.Module) -> int:
    return sum(len(module._forward_pre_hooks) for module in model.modules())


def test_the_members_of_block_lists_are_found_once() -> None:
    model = Ladder()
    model.same = nn.ModuleList([model.rungs[0]])
    assert blocks_of(model) == [*model.rungs, model.between[0]]
    assert blocks_of(nn.Linear(2, 2)) == []


def test_check_comes_before_each_block_and_never_afterwards() -> None:
    model, checks = Ladder(), list[int]()
    with check_before_each(blocks_of(model), lambda: checks.append(len(checks))):
        model(torch.zeros(1, 2))
    assert checks == [0, 1, 2]
    model(torch.zeros(1, 2))
    assert checks == [0, 1, 2]


def test_what_check_raises_unwinds_the_model_and_takes_the_hooks_away() -> None:
    model, reached = Ladder(), list[int]()
    model.rungs[1].register_forward_hook(lambda *_: reached.append(1))
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise JobCancelled

    with pytest.raises(JobCancelled), check_before_each(blocks_of(model), check):
        model(torch.zeros(1, 2))
    assert (calls, reached, hooks_of(model)) == (2, [], 0)
