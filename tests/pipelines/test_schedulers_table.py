from __future__ import annotations

import pytest

from pipelines.schedulers_table import DIFFUSION, FLOW, find_scheduler, name_of, scheduler_names


def test_simple_names_come_first_and_every_name_is_found() -> None:
    for flow in (False, True):
        names = scheduler_names(flow=flow)
        assert names[: len(FLOW if flow else DIFFUSION)] == tuple(FLOW if flow else DIFFUSION)
        assert len(set(names)) == len(names)
        assert all(find_scheduler(name, flow=flow) for name in names)


def test_name_and_schedule_are_joined() -> None:
    assert find_scheduler("dpm++ 2m karras", flow=False) == (
        "DPMSolverMultistepScheduler",
        {"algorithm_type": "dpmsolver++", "use_karras_sigmas": True},
    )
    assert find_scheduler("DPM++ 3M SDE Exponential", flow=False) == (
        "DPMSolverMultistepScheduler",
        {
            "algorithm_type": "sde-dpmsolver++",
            "solver_order": 3,
            "use_exponential_sigmas": True,
        },
    )


@pytest.mark.parametrize("name", ["DPM fast", "Euler a Karras", "", "Restart"])
def test_what_has_no_equal_is_not_guessed(name: str) -> None:
    assert find_scheduler(name, flow=False) is None


def test_flow_models_have_their_own() -> None:
    assert find_scheduler("DPM++ 2M", flow=True) is None
    assert find_scheduler("Euler", flow=True) == ("FlowMatchEulerDiscreteScheduler", {})


def test_a_model_with_zero_terminal_snr_gets_only_what_can_draw_with_it() -> None:
    names = scheduler_names(flow=False, zero_snr=True)
    assert {"Euler", "Euler a", "DPM++ 2M", "DDIM", "UniPC", "DPM++ 2M SGM Uniform"} <= set(names)
    assert not [n for n in names if n.endswith(("Karras", "Exponential", "Beta"))]
    assert not {"PNDM", "LMS"} & set(names)
    assert find_scheduler("DPM++ 2M Karras", flow=False, zero_snr=True) is None


def test_a_class_has_its_a1111_name() -> None:
    assert name_of("DDIMScheduler") == "DDIM"
    assert name_of("FlowMatchEulerDiscreteScheduler") == "Euler"
    assert name_of("SomethingNew") == "SomethingNew"
