"""Which family a low-rank adapter was trained for, told by its names, shapes and metadata.

Trainers write three layouts: kohya's (`lora_unet_…`), diffusers' (`unet.…lora_A`,
`transformer.…`) and that of the original model (`diffusion_model.…`, `double_blocks.…`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.families import family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.families import Family
    from pipelines.recognition import Tensors

_UNET_TEXT_INPUT = re.compile(
    r"(?:blocks?_|blocks?\.).*attn2[._](?:processor[._])?to_[kv].*"
    r"(?:down\.weight|lora_A(?:\.\w+)?\.weight|hada_w1_b)$"
)
_FAMILY_OF_TEXT_WIDTH = {768: "sd1", 1024: "sd2", 2048: "sdxl"}

_BY_NAME = (
    ("sdxl", r"^(?:lora_te2_|text_encoder_2\.|lora_unet_(?:input|output|middle)_block)"),
    ("flux2", r"to_qkv_mlp_proj|stream_modulation"),
    ("sd3", r"joint_blocks[._]"),
    ("z-image", r"[._]layers[._]\d+[._](?:attention|feed_forward|adaLN_modulation)"),
    ("qwen-image", r"transformer_blocks[._]\d+[._](?:img|txt)_(?:mlp|mod)"),
    ("sana", r"^transformer\.transformer_blocks\.\d+\.attn2\."),
    ("flux", r"single_transformer_blocks[._]"),
)
"""Names that only one family has, in any layout."""

_FLUX_BLOCK = re.compile(r"(?:^|[._])(double|single)_blocks[._](\d+)[._]")
_FLUX2_BLOCKS = {"double": 8, "single": 24}
"""FLUX.2 klein has no more blocks of each sort (FLUX.1 has 19 and 38)."""

_JOINT = re.compile(r"transformer_blocks[._](\d+)[._]attn[._].*(?:down|lora_A(?:\.\w+)?)\.weight$")
_SD3_WIDTHS = {1536, 2432}

_BASE_NAMES = (
    ("flux2", re.compile(r"flux[-_. ]?2|klein")),
    ("flux", re.compile(r"flux")),
    ("sdxl", re.compile(r"sd_?xl|xl[-_]v1|pony|illustrious|noobai")),
    ("sd3", re.compile(r"sd[ _]?3|stable[-_]diffusion[-_](v?3|medium)")),
    ("sd2", re.compile(r"sd[ _]?v?2|stable[-_]diffusion[-_]v?2")),
    ("sd1", re.compile(r"sd[ _]?v?1|stable[-_]diffusion[-_]v?1")),
    ("z-image", re.compile(r"z[-_ ]?image|zimage")),
    ("qwen-image", re.compile(r"qwen")),
    ("sana", re.compile(r"sana")),
)
_BASE_KEYS = ("ss_base_model_version", "modelspec.architecture", "base_model")


def family_of_lora(tensors: Tensors, metadata: Mapping[str, str]) -> Family | None:
    """The family an adapter fits, or None where neither weights nor metadata tell.

    The weights come first: metadata is copied along when adapters are merged or converted.
    """
    found = (
        _by_text_width(tensors)
        or _by_name(tensors)
        or _by_metadata(metadata)
        or _by_flux_blocks(tensors)
        or _by_joint_width(tensors)
    )
    return family(found) if found else None


def _by_name(tensors: Tensors) -> str:
    names = "\n".join(tensors)  # one search each: a search for each of 2,000 names takes 20 ms
    found = (each for each, pattern in _BY_NAME if re.search(pattern, names, re.MULTILINE))
    return next(found, "")


def _by_text_width(tensors: Tensors) -> str:
    """A U-Net's cross attention reads text of a width that is the family's own."""
    for name, (_, shape) in tensors.items():
        if "attn2" in name and len(shape) > 1 and _UNET_TEXT_INPUT.search(name):
            return _FAMILY_OF_TEXT_WIDTH.get(shape[1], "")
    return ""


def _by_metadata(metadata: Mapping[str, str]) -> str:
    for key in _BASE_KEYS:
        said = metadata.get(key, "").lower()
        for family_id, pattern in _BASE_NAMES:
            if pattern.search(said):
                return family_id
    return ""


def _by_flux_blocks(tensors: Tensors) -> str:
    """FLUX.1 and klein name their blocks alike: only the number of blocks differs."""
    found = [match.groups() for match in map(_FLUX_BLOCK.search, tensors) if match]
    if not found:
        return ""
    few = all(int(number) < _FLUX2_BLOCKS[sort] for sort, number in found)
    whole = {sort for sort, _ in found} == set(_FLUX2_BLOCKS)
    return "flux2" if few and whole else "flux"


def _by_joint_width(tensors: Tensors) -> str:
    """SD 3 and Qwen-Image in diffusers' layout, with adapters on the attention alone."""
    for name, (_, shape) in tensors.items():
        if len(shape) > 1 and _JOINT.search(name):
            return "sd3" if shape[1] in _SD3_WIDTHS else ""
    return ""
