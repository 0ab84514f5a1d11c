"""Networks are told by the names and shapes of their weights."""

from __future__ import annotations

import pytest
from torch import nn

from pipelines.networks.recognition import NetworkSpec, recognise
from tests.tiny_gans import (
    AnimeGenerator,
    CompactNet,
    ResnetGenerator,
    RrdbNet,
    UnetGenerator,
    instance,
    old_names,
)


def shapes(made: nn.Module, prefix: str = "") -> dict[str, tuple[int, ...]]:
    return {f"{prefix}{name}": tuple(value.shape) for name, value in made.state_dict().items()}


@pytest.mark.parametrize(
    ("made", "spec", "title"),
    [
        (
            ResnetGenerator(instance(True), blocks=9),
            NetworkSpec("resnet", 9, 1, "instance", 4),
            "CycleGAN ResNet-9",
        ),
        (
            ResnetGenerator(nn.BatchNorm2d, blocks=6),
            NetworkSpec("resnet", 6, 1, "batch", 4),
            "CycleGAN ResNet-6",
        ),
        (
            UnetGenerator(nn.BatchNorm2d, levels=8),
            NetworkSpec("unet", 8, 1, "batch", 256),
            "pix2pix U-Net-256",
        ),
        (AnimeGenerator(), NetworkSpec("animegan", 4, 1, "group", 4), "AnimeGANv2"),
        (RrdbNet(4), NetworkSpec("rrdb", 2, 4), "ESRGAN ×4"),
        (RrdbNet(2), NetworkSpec("rrdb", 2, 2, None, 2), "ESRGAN ×2"),
        (CompactNet(3), NetworkSpec("srvgg", 2, 3), "Real-ESRGAN compact ×3"),
    ],
)
def test_each_is_known(made: nn.Module, spec: NetworkSpec, title: str) -> None:
    assert recognise(shapes(made)) == spec
    assert spec.title == title


def test_statistics_that_an_old_instance_norm_tracked_make_it_no_batch_norm() -> None:
    def norm(channels: int) -> nn.Module:
        return nn.InstanceNorm2d(channels, track_running_stats=True)

    found = recognise(shapes(ResnetGenerator(norm)))
    assert found is not None
    assert found.norm == "instance"


def test_the_first_esrgan_layout() -> None:
    found = recognise({n: tuple(v.shape) for n, v in old_names(RrdbNet().state_dict()).items()})
    assert found == NetworkSpec("rrdb", 2, 4)


def test_what_a_trainer_put_before_the_names_is_found() -> None:
    found = recognise(shapes(CompactNet(), "params_ema."))
    assert found is not None
    assert found.prefix == "params_ema."


@pytest.mark.parametrize(
    "strange",
    [
        {},
        {"conv_in.weight": (4, 4, 3, 3)},
        {"body.0.weight": (8, 3, 3, 3)},
        {"body.0.weight": (8, 3, 3, 3), "body.2.weight": (7, 8, 3, 3)},
        {"model.1.weight": (4, 3, 7, 7), "model.11.block.1.weight": (4, 4, 3, 3)},
        {"model.model.0.weight": (4, 3, 4, 4), "model.model.3.weight": (8, 3, 4, 4)},
    ],
)
def test_others_are_not(strange: dict[str, tuple[int, ...]]) -> None:
    assert recognise(strange) is None
