"""Which folder a single file without text encoder and tokenizer takes its other parts from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pipelines.headers import read_header
from pipelines.model_folder import component_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipelines.model_ref import ModelRef

# FLUX.1 dev and schnell, the closest pair of one family, differ by 0.09 % of their parameters.
_TOLERANCE = 3e-4
_OTHER_PARTS = ("text_encoders.", "first_stage_model.", "cond_stage_model.", "conditioner.", "vae.")


def companion_of(ref: ModelRef, others: Sequence[ModelRef]) -> Path | None:
    """The first whole folder of the family whose denoiser has as many parameters as the file's.

    Sizes tell members of a family apart (dev and schnell, medium and large), whatever layout and
    precision the file has. Raises PipelineError for a file that cannot be read.
    """
    count = 0
    for other in others:
        if other.kind == "file" or other.missing or other.family.id != ref.family.id:
            continue
        count = count or _parameters([ref.path])
        if math.isclose(count, _parameters(_denoiser(other.path)), rel_tol=_TOLERANCE):
            return other.path
    return None


def _denoiser(folder: Path) -> list[Path]:
    return component_weights(folder / "transformer")[1] or component_weights(folder / "unet")[1]


def _parameters(files: Iterable[Path]) -> int:
    return sum(
        math.prod(info.shape)
        for file in files
        for name, info in read_header(file).tensors.items()
        if not name.startswith(_OTHER_PARTS)
    )
