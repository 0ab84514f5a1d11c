"""Names of samplers and schedules."""

from __future__ import annotations

import pytest

from pipelines.metadata.samplers import a1111_name, split_schedule
from pipelines.schedulers_table import DIFFUSION, FLOW, scheduler_names


@pytest.mark.parametrize(
    ("sampler", "schedule", "name"),
    [
        ("euler_ancestral", "normal", "Euler a"),
        ("dpmpp_2m_sde_gpu", "karras", "DPM++ 2M SDE Karras"),
        ("dpmpp_2m", "sgm_uniform", "DPM++ 2M SGM Uniform"),
        ("ddim", "ddim_uniform", "DDIM"),
        ("dpmpp_3m_k", None, "DPM++ 3M Karras"),
        ("k_euler_a", None, "Euler a"),
        ("Euler A", "Automatic", "Euler a"),
        ("DPM++ 2M", "Karras", "DPM++ 2M Karras"),
        ("DPM++ 2M Karras", "Karras", "DPM++ 2M Karras"),
        ("res_multistep", "beta57", "res_multistep beta57"),
        ("Undefined", "Simple", None),
        ("", None, None),
        (None, "karras", None),
    ],
)
def test_names_become_a1111s(sampler: str | None, schedule: str | None, name: str | None) -> None:
    assert a1111_name(sampler, schedule) == name


@pytest.mark.parametrize(
    "name", sorted({*scheduler_names(flow=False), *scheduler_names(flow=True)})
)
def test_our_own_names_are_split_and_joined_again(name: str) -> None:
    sampler, schedule = split_schedule(name)
    assert sampler in DIFFUSION or sampler in FLOW
    assert a1111_name(sampler, schedule) == name
