"""The schedulers by the names A1111 gave them. Data only: the window offers them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SchedulerSpec:
    """A diffusers scheduler class and what its config is changed by."""

    class_name: str
    options: Mapping[str, object] = field(default_factory=dict)
    schedules: tuple[str, ...] = ()  # the schedule types it can be joined with
    zero_snr: bool = True  # draws with models that were trained down to nothing but noise


_SIGMAS = ("Karras", "Exponential", "Beta")
_STEPS = ("SGM Uniform",)

SCHEDULES: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "Karras": {"use_karras_sigmas": True},
        "Exponential": {"use_exponential_sigmas": True},
        "Beta": {"use_beta_sigmas": True},
        "SGM Uniform": {"timestep_spacing": "trailing"},
    }
)

DIFFUSION: Mapping[str, SchedulerSpec] = MappingProxyType(
    {
        "Euler": SchedulerSpec("EulerDiscreteScheduler", {}, _SIGMAS + _STEPS),
        "Euler a": SchedulerSpec("EulerAncestralDiscreteScheduler", {}, _STEPS),
        "DPM++ 2M": SchedulerSpec(
            "DPMSolverMultistepScheduler", {"algorithm_type": "dpmsolver++"}, _SIGMAS + _STEPS
        ),
        "DPM++ 2M SDE": SchedulerSpec(
            "DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++"}, _SIGMAS + _STEPS
        ),
        "DPM++ 3M SDE": SchedulerSpec(
            "DPMSolverMultistepScheduler",
            {"algorithm_type": "sde-dpmsolver++", "solver_order": 3},
            _SIGMAS + _STEPS,
        ),
        "DPM++ SDE": SchedulerSpec("DPMSolverSinglestepScheduler", {}, _SIGMAS),
        "Heun": SchedulerSpec("HeunDiscreteScheduler", {}, _SIGMAS + _STEPS),
        "LMS": SchedulerSpec("LMSDiscreteScheduler", {}, _SIGMAS + _STEPS, zero_snr=False),
        "DPM2": SchedulerSpec("KDPM2DiscreteScheduler", {}, _SIGMAS + _STEPS),
        "DPM2 a": SchedulerSpec("KDPM2AncestralDiscreteScheduler", {}, _SIGMAS + _STEPS),
        "DDIM": SchedulerSpec("DDIMScheduler", {}, _STEPS),
        # Without the Runge-Kutta steps, as Stable Diffusion was published and A1111's PLMS is.
        "PNDM": SchedulerSpec("PNDMScheduler", {"skip_prk_steps": True}, _STEPS, zero_snr=False),
        "UniPC": SchedulerSpec("UniPCMultistepScheduler", {}, _SIGMAS + _STEPS),
        "DEIS": SchedulerSpec("DEISMultistepScheduler", {}, _SIGMAS + _STEPS),
        "LCM": SchedulerSpec("LCMScheduler"),
    }
)
FLOW: Mapping[str, SchedulerSpec] = MappingProxyType(
    {
        "Euler": SchedulerSpec("FlowMatchEulerDiscreteScheduler", {}, _SIGMAS),
    }
)


def scheduler_names(*, flow: bool, zero_snr: bool = False) -> tuple[str, ...]:
    """Every name that fits a flow-matching model or a diffusion model, simple ones first.

    With `zero_snr` those that fit a model with zero-terminal signal-to-noise ratio. Its noise
    scale ends near infinity, and so schedules that spread their steps over the scale (Karras,
    Exponential, Beta) and solvers that extrapolate over it draw rubbish or fail.
    """
    table = _fitting(flow, zero_snr)
    joined = [f"{name} {s}" for name, spec in table.items() for s in spec.schedules]
    return (*table, *joined)


def find_scheduler(
    name: str, *, flow: bool, zero_snr: bool = False
) -> tuple[str, dict[str, object]] | None:
    """Class name and options of a scheduler by its name; None if no such one fits."""
    for base, spec in _fitting(flow, zero_snr).items():
        if name.casefold() == base.casefold():
            return spec.class_name, dict(spec.options)
        for schedule in spec.schedules:
            if name.casefold() == f"{base} {schedule}".casefold():
                return spec.class_name, {**spec.options, **SCHEDULES[schedule]}
    return None


def _fitting(flow: bool, zero_snr: bool) -> Mapping[str, SchedulerSpec]:
    if flow:
        return FLOW
    if not zero_snr:
        return DIFFUSION
    return {
        name: replace(spec, schedules=tuple(s for s in spec.schedules if s in _STEPS))
        for name, spec in DIFFUSION.items()
        if spec.zero_snr
    }


def name_of(class_name: str) -> str:
    """The A1111 name of a diffusers scheduler class; its own name where there is none."""
    for table in (DIFFUSION, FLOW):
        for name, spec in table.items():
            if spec.class_name == class_name:
                return name
    return class_name
