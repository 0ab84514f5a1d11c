from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from pipelines.api import JobCancelled, PipelineError
from pipelines.devices import Device
from pipelines.enlarge.torch_network import TorchNetwork
from pipelines.model_search import unchecked
from pipelines.networks.weights import open_weights
from tests.tiny_gans import CompactNet, RrdbNet, save, seeded

CPU = Device("cpu", "CPU")
PIXELS = np.random.default_rng(1).integers(0, 256, (13, 17, 3), np.uint8)


def load(path: Path) -> TorchNetwork:
    return TorchNetwork(open_weights(path, lambda _message: None), path, CPU)


@pytest.mark.parametrize("made", [RrdbNet(4), RrdbNet(2), CompactNet(3)])
def test_odd_sizes_and_the_same_again(made: Any, tmp_path: Path) -> None:
    network = load(save(seeded(made), tmp_path / "a.safetensors"))
    found = network.enlarge(PIXELS, unchecked)
    assert found.shape == (13 * network.scale, 17 * network.scale, 3)
    np.testing.assert_array_equal(found, network.enlarge(PIXELS, unchecked))


def test_cancel_within_the_network(tmp_path: Path) -> None:
    def cancel() -> None:
        raise JobCancelled

    network = load(save(seeded(RrdbNet()), tmp_path / "a.safetensors"))
    with pytest.raises(JobCancelled):
        network.enlarge(PIXELS, cancel)


def test_weights_that_do_not_fit_together(tmp_path: Path) -> None:
    state = dict(CompactNet().state_dict())
    state["body.2.weight"] = torch.zeros(8, 5, 3, 3)
    path = tmp_path / "odd.safetensors"
    save_file(state, path)
    with pytest.raises(PipelineError) as caught:
        load(path)
    assert caught.value.code == "not_a_model"
