"""A scheduler takes over what the model says of itself and nothing else."""

from __future__ import annotations

from typing import Any

import diffusers
import pytest

from pipelines.api import PipelineError
from pipelines.schedulers import make_scheduler


def config(**changes: Any) -> Any:
    """Of a model that was trained with a DDIM scheduler."""
    values = {"beta_schedule": "scaled_linear", "prediction_type": "v_prediction"}
    return diffusers.DDIMScheduler.from_config(values | changes).config


@pytest.mark.parametrize("name", ["Euler", "DPM++ 2M Karras", "UniPC", "LCM", "LMS"])
def test_what_the_model_was_trained_with_is_kept(name: str) -> None:
    made = make_scheduler(name, config(beta_start=0.0001), flow=False)
    found = made.config
    assert (found.beta_schedule, found.prediction_type) == ("scaled_linear", "v_prediction")
    assert found.beta_start == 0.0001


def test_what_only_the_old_class_assumed_does_not_bind_the_new_one() -> None:
    euler = make_scheduler("Euler", config(), flow=False).config
    assert euler.timestep_spacing == diffusers.EulerDiscreteScheduler().config.timestep_spacing
    assert make_scheduler("Euler", config(timestep_spacing="trailing"), flow=False).config[
        "timestep_spacing"
    ] == ("trailing")


def test_options_of_the_name_win() -> None:
    made = make_scheduler("Euler SGM Uniform", config(timestep_spacing="leading"), flow=False)
    assert made.config.timestep_spacing == "trailing"


def test_flow_and_diffusion_do_not_mix() -> None:
    flow = diffusers.FlowMatchEulerDiscreteScheduler().config
    made = make_scheduler("Euler", flow, flow=True)
    assert isinstance(made, diffusers.FlowMatchEulerDiscreteScheduler)
    with pytest.raises(PipelineError, match="“DDIM” does not fit") as caught:
        make_scheduler("DDIM", flow, flow=True)
    assert "Euler" in caught.value.hint
