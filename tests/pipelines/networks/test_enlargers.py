"""Our ESRGAN and Real-ESRGAN networks draw what those draw that the weights were trained in."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from pipelines.networks.enlargers import build_enlarger
from pipelines.networks.recognition import recognise
from tests.tiny_gans import CompactNet, RrdbNet, old_names, seeded


@pytest.mark.parametrize(
    ("made", "old"),
    [(RrdbNet(4), False), (RrdbNet(4), True), (RrdbNet(2), False), (CompactNet(3), False)],
)
def test_it_draws_what_the_original_draws(made: Any, old: bool) -> None:
    original = seeded(made)
    state = old_names(original.state_dict()) if old else original.state_dict()
    spec = recognise({name: tuple(value.shape) for name, value in state.items()})
    assert spec is not None
    network = build_enlarger(spec, state)
    picture = torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        expected = original(picture)
        torch.testing.assert_close(network(picture), expected, rtol=1e-4, atol=1e-4)
    assert expected.shape == (1, 3, 12 * spec.scale, 16 * spec.scale)
