"""Every tool's names for samplers and schedules, as A1111's: "DPM++ 2M Karras"."""

from __future__ import annotations

_SAMPLERS = {
    "ddim": "DDIM",
    "ddpm": "DDPM",
    "deis": "DEIS",
    "dpm2": "DPM2",
    "dpm2 a": "DPM2 a",
    "dpm2 karras": "DPM2 Karras",
    "dpm_2": "DPM2",
    "dpm_2_a": "DPM2 a",
    "dpm_2_ancestral": "DPM2 a",
    "dpm_adaptive": "DPM adaptive",
    "dpm_fast": "DPM fast",
    "dpmpp_2m": "DPM++ 2M",
    "dpmpp_2m_sde": "DPM++ 2M SDE",
    "dpmpp_2s": "DPM++ 2S",
    "dpmpp_2s_ancestral": "DPM++ 2S a",
    "dpmpp_3m": "DPM++ 3M",
    "dpmpp_3m_sde": "DPM++ 3M SDE",
    "dpmpp_sde": "DPM++ SDE",
    "euler": "Euler",
    "euler a": "Euler a",
    "euler ancestral": "Euler a",
    "euler_a": "Euler a",
    "euler_ancestral": "Euler a",
    "heun": "Heun",
    "kdpm_2": "DPM2",
    "kdpm_2_a": "DPM2 a",
    "lcm": "LCM",
    "lms": "LMS",
    "plms": "PNDM",  # A1111's PLMS is diffusers' PNDM without its warm-up
    "pndm": "PNDM",
    "tcd": "TCD",
    "uni_pc": "UniPC",
    "uni_pc_bh2": "UniPC",
    "unipc": "UniPC",
}
_SCHEDULES = {
    "align_your_steps": "Align Your Steps",
    "ays": "Align Your Steps",
    "beta": "Beta",
    "ddim_uniform": "DDIM",
    "exponential": "Exponential",
    "karras": "Karras",
    "kl_optimal": "KL Optimal",
    "polyexponential": "Polyexponential",
    "sgm_uniform": "SGM Uniform",
    "simple": "Simple",
    "trailing": "SGM Uniform",
    "turbo": "Turbo",
}
# What every sampler does unless told otherwise.
_PLAIN = ("", "automatic", "default", "discrete", "native", "normal", "uniform", "undefined")


def a1111_name(sampler: str | None, schedule: str | None = None) -> str | None:
    """A sampler and its schedule by any tool's names, joined by A1111's.

    A name nobody knows stays as it is. None without a sampler ("Undefined" is none).
    """
    if sampler is None or sampler.strip().casefold() in ("", "none", "undefined"):
        return None
    name, suffix = _sampler(sampler.strip())
    found = suffix if schedule is None or schedule.strip().casefold() in _PLAIN else schedule
    label = _SCHEDULES.get(found.strip().casefold().replace(" ", "_"), found.strip())
    if not label or name.casefold().endswith(label.casefold()):
        return name
    return f"{name} {label}"


def _sampler(sampler: str) -> tuple[str, str]:
    """A1111's name, and the schedule that the tool's own name has at its end."""
    key = sampler.casefold().removeprefix("k_").removesuffix("_gpu")
    if key in _SAMPLERS:
        return _SAMPLERS[key], ""
    if key.removesuffix("_k") in _SAMPLERS:  # InvokeAI: "dpmpp_2m_k"
        return _SAMPLERS[key.removesuffix("_k")], "karras"
    return sampler, ""


def split_schedule(scheduler: str) -> tuple[str, str]:
    """Sampler and schedule type of a joined A1111 name; the type is "" when it has none."""
    for label in _SCHEDULES.values():
        if scheduler.endswith(f" {label}"):
            return scheduler.removesuffix(f" {label}"), label
    return scheduler, ""
