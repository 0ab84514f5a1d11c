"""Makes a diffusers scheduler from its A1111 name and the model's own scheduler config."""

from __future__ import annotations

import inspect
from typing import Any

import diffusers

from pipelines.api import PipelineError
from pipelines.schedulers_table import find_scheduler, scheduler_names


def make_scheduler(name: str, config: Any, *, flow: bool) -> Any:
    """The scheduler `name` with what `config` says of the model (betas, prediction type …).

    Raises PipelineError("unknown_scheduler") if no such scheduler fits this kind of model.
    """
    zero_snr = bool(config.get("rescale_betas_zero_snr"))
    found = find_scheduler(name, flow=flow, zero_snr=zero_snr)
    if found is None:
        offered = ", ".join(scheduler_names(flow=flow, zero_snr=zero_snr)[:8])
        raise PipelineError(
            "unknown_scheduler",
            f"The scheduler “{name}” does not fit this model.",
            f"Choose one of {offered} …",
        )
    class_name, options = found
    scheduler_class = getattr(diffusers, class_name)
    known = set(inspect.signature(scheduler_class.__init__).parameters)
    # Only what the class knows: diffusers logs a warning for each key that it does not. And as
    # in diffusers, what the model's file left to the default of its own scheduler's class does
    # not bind another class.
    defaults = config.get("_use_default_values", ())
    kept = {k: v for k, v in dict(config).items() if k in known and k not in defaults}
    return scheduler_class.from_config({**kept, **options})
