"""Our generators draw what those draw that the weights were trained in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from pipelines.networks.generators import build_generator
from pipelines.networks.recognition import recognise
from tests.tiny_gans import AnimeGenerator, ResnetGenerator, UnetGenerator, instance, seeded

GENERATORS: dict[str, Callable[[], Any]] = {
    "affine instance norm": lambda: ResnetGenerator(instance(True)),
    "plain instance norm": lambda: ResnetGenerator(instance(False), blocks=3),
    "batch norm and dropout": lambda: ResnetGenerator(nn.BatchNorm2d, dropout=True),
    "another name of the blocks": lambda: ResnetGenerator(instance(True), name="block"),
    "U-Net, batch norm": lambda: UnetGenerator(nn.BatchNorm2d),
    "U-Net, instance norm": lambda: UnetGenerator(instance(False)),
    "AnimeGANv2": AnimeGenerator,
}


@pytest.mark.parametrize("made", GENERATORS.values(), ids=GENERATORS)
def test_it_draws_what_the_original_draws(made: Any) -> None:
    original = seeded(made())
    state = original.state_dict()
    spec = recognise({name: tuple(value.shape) for name, value in state.items()})
    assert spec is not None
    network = build_generator(spec, state)
    picture = torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.inference_mode():
        expected = original(picture.clone())
        assert expected.std() > 0.05, "or any network would do"
        torch.testing.assert_close(network(picture), expected, rtol=1e-4, atol=1e-4)


def test_a_missing_weight_is_named() -> None:
    state = dict(seeded(ResnetGenerator(instance(True))).state_dict())
    spec = recognise({name: tuple(value.shape) for name, value in state.items()})
    assert spec is not None
    del state["model.7.weight"]
    with pytest.raises(KeyError, match=r"model\.7\.weight"):
        build_generator(spec, state)
