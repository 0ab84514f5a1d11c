"""A model in a single `.safetensors` file: what it is, told by its header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.families import FAMILIES, shapes_of
from pipelines.headers import read_header
from pipelines.limits import MAX_SIDE, MIN_SIDE
from pipelines.model_facts import usual_defaults
from pipelines.model_ref import ModelRef
from pipelines.recognition import (
    expects_mask,
    family_of_tensors,
    is_whole,
    kind_of_tensors,
    unsupported_model,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.families import Family
    from pipelines.headers import Header
    from pipelines.model_ref import Prediction
    from pipelines.recognition import Kind

COMPANIONS = {"sd1": "sd15", "sd2": "sd21", "sdxl": "sdxl"}
"""The families whose configuration and tokenizer come with the program, in `assets/configs`."""

_NO_MODEL: Mapping[Kind, tuple[str, str]] = {
    "lora": ("is a LoRA, which changes a model and is none itself", "Choose it under LoRA."),
    "vae": ("is a VAE, which is only a part of a model", "Choose it under VAE."),
    "embedding": ("is an embedding, a word for a model to know", "Choose it under Embeddings."),
    "text encoder": ("is a text encoder, which is only a part of a model", "Choose a whole model."),
}

_EPSILON_SD2 = re.compile(r"turbo|512|base", re.IGNORECASE)
"""Names of the SD 2 models that were trained at 512 px to predict the noise."""

_LONGEST_LINE = 120
"""Characters of a stranger's metadata that are shown."""


def inspect_file(path: Path) -> ModelRef:
    """What lies in a single file; no weight is read.

    Raises PipelineError: those of `read_header`, "not_a_model" for a LoRA and the like,
    "unknown_family".
    """
    header = read_header(path)
    kind = kind_of_tensors(header.tensors)
    if kind in _NO_MODEL:
        what, hint = _NO_MODEL[kind]
        raise PipelineError("not_a_model", f"{path.name} {what}.", hint)
    found = family_of_tensors(header.tensors)
    if found is None:
        named = unsupported_model(header.tensors)
        is_what = f"is {named}" if named else "is of a kind that is not known here"
        raise PipelineError(
            "unknown_family",
            f"{path.name} {is_what}: this version cannot draw with it.",
            f"It draws with {', '.join(each.title for each in FAMILIES)}.",
        )
    size = _native_size(header, found, path.stem)
    inpaint = expects_mask(header.tensors)
    return ModelRef(
        id=path.stem,
        path=path,
        family=found,
        defaults=usual_defaults(found, path.stem, size, inpaint=inpaint),
        title=path.stem,
        size_bytes=header.size,
        licence=_line(header.metadata.get("modelspec.license", "")) or found.licence,
        kind="file",
        description=_line(header.metadata.get("modelspec.description", "")),
        shapes=found.shapes if size == found.size else shapes_of(size, found.multiple),
        tokens=found.tokens,
        inpaint=inpaint,
        prediction=_prediction(header, found, path.stem),
        missing=_missing(header, found, path.stem),
        zero_snr="ztsnr" in header.tensors,
    )


def _missing(header: Header, found: Family, name: str) -> str:
    if found.id not in COMPANIONS:
        return (
            f"“{name}” is a single file without tokenizer and text encoder: "
            f"a whole {found.title} folder in diffusers' layout is needed."
        )
    if not is_whole(header.tensors):
        return (
            f"“{name}” holds only the denoiser of a {found.title} model: "
            "a file with its text encoder and VAE is needed."
        )
    return ""


def _native_size(header: Header, found: Family, name: str) -> int:
    """Pixels a side: what the file says, else what its family was trained on."""
    side = re.match(r"(\d{2,4})x(\d{2,4})$", header.metadata.get("modelspec.resolution", ""))
    if side and side[1] == side[2] and _is_side(int(side[1]), found):
        return int(side[1])
    if found.id == "sd2" and _EPSILON_SD2.search(name):
        return 512
    if found.id == "sdxl" and re.search(r"sd_?xl_turbo", name, re.IGNORECASE):
        return 512
    return found.size


def _is_side(length: int, found: Family) -> bool:
    return MIN_SIDE <= length <= MAX_SIDE and length % found.multiple == 0


def _prediction(header: Header, found: Family, name: str) -> Prediction:
    """Where this differs from the published configuration, which is v only for SD 2.1."""
    usual = "v_prediction" if found.id == "sd2" and not expects_mask(header.tensors) else "epsilon"
    said = header.metadata.get("modelspec.prediction_type", "").lower()
    if "v_pred" in header.tensors or said in ("v", "v_prediction", "v-prediction"):
        told: Prediction = "v_prediction"
    elif said == "epsilon" or (found.id == "sd2" and _EPSILON_SD2.search(name)):
        told = "epsilon"
    else:
        return ""
    return told if not found.flow and told != usual else ""


def _line(text: str) -> str:
    """A stranger's text as one short line."""
    return " ".join(text.split())[:_LONGEST_LINE]
