"""LoRA and textual-inversion files that fit the tiny models, in the layouts people download."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file

if TYPE_CHECKING:
    from pathlib import Path

RANK = 4
ALPHA = 2.0
WEIGHTS = {"unet": "diffusion_pytorch_model", "transformer": "diffusion_pytorch_model"}
# Every attention; of flux's only the picture's half of the double blocks.
TARGETS = re.compile(
    r"(?<!single_transformer)_blocks\.\d+\.(.*\.)?attn\d?\.(to_[qkv]|to_out\.0)\.weight$"
    r"|self_attn\.(q|k|v|out)_proj\.weight$"
)
KOHYA_PREFIXES = {
    "unet": "lora_unet_",
    "transformer": "lora_unet_",
    "text_encoder": "lora_te1_",
    "text_encoder_2": "lora_te2_",
}
UNET_LAYERS_PER_BLOCK = 1
EMBEDDING_WIDTH = 32

Matrices = dict[tuple[str, str], tuple[Any, Any]]
"""(part, module) of a pipeline → the down and the up matrix."""


def build_lora(
    family: str, model: Path, file: Path, layout: str = "diffusers", seed: int = 0
) -> Path:
    """Writes a LoRA for the tiny `model` of `family` ("sd1", "sdxl" or "flux") to `file`.

    `layout` is "diffusers" (peft names) or "kohya" (names of the original checkpoints, and alpha
    beside them); with the same `seed` both do the same to a picture.
    """
    matrices = _matrices(family, model, torch.Generator().manual_seed(seed))
    if layout == "diffusers":
        save_file(_diffusers(matrices), file, metadata={"format": "pt"})
        return file
    tensors = _kohya_flux(matrices) if family == "flux" else _kohya(family, matrices)
    save_file(tensors, file, metadata=_kohya_metadata(family))
    return file


def build_embedding(family: str, file: Path, vectors: int = 2, seed: int = 0) -> Path:
    """Writes a textual inversion for the tiny `family` ("sd1" or "sdxl") to `file`.

    As in A1111 its word is not in it.
    """
    generator = torch.Generator().manual_seed(seed)
    names = ("clip_l", "clip_g") if family == "sdxl" else ("emb_params",)
    save_file(
        {name: torch.randn(vectors, EMBEDDING_WIDTH, generator=generator) for name in names}, file
    )
    return file


def _matrices(family: str, model: Path, generator: Any) -> Matrices:
    """Down and up for every attention projection: strong enough to be seen."""
    found: Matrices = {}
    for part in (
        ("transformer",) if family == "flux" else ("unet", "text_encoder", "text_encoder_2")
    ):
        file = model / part / f"{WEIGHTS.get(part, 'model')}.safetensors"
        if not file.exists():
            continue
        with safe_open(file, "pt") as weights:
            for key in sorted(weights.keys()):
                if not TARGETS.search(key):
                    continue
                rows, columns = weights.get_slice(key).get_shape()
                down = torch.randn(RANK, columns, generator=generator) * 0.3
                up = torch.randn(rows, RANK, generator=generator) * 0.3
                found[part, key.removesuffix(".weight")] = down, up
    for (part, module), (_, up) in found.items():
        if part == "transformer":  # the original layers hold q, k and v as one: one down for all
            query = re.sub(r"to_[kv]$", "to_q", module)
            found[part, module] = found[part, query][0], up
    return found


def _diffusers(matrices: Matrices) -> dict[str, Any]:
    tensors = {}
    for (part, module), (down, up) in matrices.items():
        tensors[f"{part}.{_with_text_model(part, module)}.lora_A.weight"] = down.clone()
        tensors[f"{part}.{_with_text_model(part, module)}.lora_B.weight"] = up * (ALPHA / RANK)
    return tensors


def _kohya(family: str, matrices: Matrices) -> dict[str, Any]:
    tensors: dict[str, Any] = {}
    for (part, module), (down, up) in matrices.items():
        name = _with_text_model(part, module)
        if family == "sdxl" and part == "unet":
            name = _original_block(name)
        prefix = "lora_te_" if family == "sd1" and part != "unet" else KOHYA_PREFIXES[part]
        _add_kohya(tensors, prefix + name.replace(".", "_"), down, up)
    return tensors


def _kohya_flux(matrices: Matrices) -> dict[str, Any]:
    """In the original checkpoints q, k and v of a block are one layer."""
    tensors: dict[str, Any] = {}
    for (part, module), (down, up) in matrices.items():
        _, number, _, layer, *_ = module.split(".")
        name = f"{KOHYA_PREFIXES[part]}double_blocks_{number}_img_attn_"
        if layer == "to_q":
            ups = [matrices[part, module.replace("to_q", f"to_{x}")][1] for x in "qkv"]
            _add_kohya(tensors, f"{name}qkv", down, torch.cat(ups))
        elif layer == "to_out":
            _add_kohya(tensors, f"{name}proj", down, up)
    return tensors


def _add_kohya(tensors: dict[str, Any], name: str, down: Any, up: Any) -> None:
    tensors[f"{name}.lora_down.weight"] = down.clone()
    tensors[f"{name}.lora_up.weight"] = up.clone()
    tensors[f"{name}.alpha"] = torch.tensor(ALPHA)


def _kohya_metadata(family: str) -> dict[str, str]:
    bases = {"sd1": "sd_v1", "sdxl": "sdxl_base_v1-0", "flux": "flux1"}
    return {
        "ss_base_model_version": bases[family],
        "ss_network_module": "networks.lora_flux" if family == "flux" else "networks.lora",
        "ss_network_dim": str(RANK),
        "ss_network_alpha": str(ALPHA),
    }


def _with_text_model(part: str, module: str) -> str:
    """Files in circulation have the text model's old, nested names."""
    nested = part in ("unet", "transformer") or module.startswith("text_model.")
    return module if nested else f"text_model.{module}"


def _original_block(module: str) -> str:
    """`down_blocks.1.attentions.0.…` as in the original UNet, which kohya trains for XL."""
    if module.startswith("mid_block."):
        return module.replace("mid_block.attentions.0", "middle_block.1")
    half, block, layer, rest = re.findall(
        r"(down|up)_blocks\.(\d+)\.attentions\.(\d+)\.(.*)", module
    )[0]
    number = int(block) * (UNET_LAYERS_PER_BLOCK + 1) + int(layer)
    if half == "down":  # the first one is conv_in
        return f"input_blocks.{number + 1}.1.{rest}"
    return f"output_blocks.{number}.1.{rest}"
