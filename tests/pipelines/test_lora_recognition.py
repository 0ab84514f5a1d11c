"""Adapters of every layout name the family they were trained for, or honestly none."""

from __future__ import annotations

import pytest

from pipelines.headers import TensorInfo
from pipelines.lora_recognition import family_of_lora

UNET = "down_blocks.0.attentions.0.transformer_blocks.0.attn2"
KOHYA = "lora_unet_" + UNET.replace(".", "_")


def flux_blocks(double: int, single: int) -> dict[str, tuple[int, ...]]:
    return {
        f"diffusion_model.{sort}_blocks.{number}.{part}.lora_A.weight": (16, 3072)
        for sort, count, part in (("double", double, "img_attn.qkv"), ("single", single, "linear1"))
        for number in range(count)
    }


LORAS: dict[str, tuple[str | None, dict[str, tuple[int, ...]], dict[str, str]]] = {
    "sd1 kohya": ("sd1", {f"{KOHYA}_to_k.lora_down.weight": (8, 768)}, {}),
    "sd2 kohya": ("sd2", {f"{KOHYA}_to_k.lora_down.weight": (8, 1024)}, {}),
    "sdxl kohya, U-Net in diffusers' names": (
        "sdxl",
        {f"{KOHYA}_to_v.lora_down.weight": (8, 2048)},
        {},
    ),
    "sdxl kohya, U-Net in its own names": (
        "sdxl",
        {"lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q.lora_down.weight": (8, 640)},
        {},
    ),
    "sdxl kohya, second text encoder only": (
        "sdxl",
        {"lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 1280)},
        {},
    ),
    "sd1 as a 1×1 convolution": ("sd1", {f"{KOHYA}_to_k.lora_down.weight": (8, 768, 1, 1)}, {}),
    "sd1 LoHa": ("sd1", {f"{KOHYA}_to_k.hada_w1_b": (8, 768)}, {}),
    "sd1 peft": ("sd1", {f"unet.{UNET}.to_k.lora_A.weight": (8, 768)}, {}),
    "sd1 peft with an adapter's name": (
        "sd1",
        {f"unet.{UNET}.to_k.lora_A.default.weight": (8, 768)},
        {},
    ),
    "sd1 old diffusers": (
        "sd1",
        {f"unet.{UNET}.processor.to_k_lora.down.weight": (4, 768)},
        {},
    ),
    "sdxl peft": ("sdxl", {f"unet.{UNET}.to_v.lora_A.weight": (8, 2048)}, {}),
    "sd3 peft": (
        "sd3",
        {"transformer.transformer_blocks.0.attn.to_q.lora_A.weight": (8, 1536)},
        {},
    ),
    "sd3 kohya": (
        "sd3",
        {"lora_unet_joint_blocks_0_x_block_attn_qkv.lora_down.weight": (8, 1536)},
        {},
    ),
    "flux kohya": (
        "flux",
        {
            "lora_unet_double_blocks_18_img_attn_proj.lora_down.weight": (8, 3072),
            "lora_unet_single_blocks_37_linear1.lora_down.weight": (8, 3072),
        },
        {},
    ),
    "flux peft": (
        "flux",
        {"transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight": (8, 3072)},
        {},
    ),
    "flux by its blocks": ("flux", flux_blocks(19, 38), {}),
    "flux, a few double blocks only": ("flux", flux_blocks(3, 0), {}),
    "klein by its blocks": ("flux2", flux_blocks(5, 20), {}),
    "klein peft": (
        "flux2",
        {
            "transformer.single_transformer_blocks.0.attn.to_qkv_mlp_proj.lora_A.weight": (8, 3072),
        },
        {},
    ),
    "klein by its metadata": (
        "flux2",
        flux_blocks(8, 0),
        {"ss_base_model_version": "flux2_klein_4b"},
    ),
    "z-image": (
        "z-image",
        {"diffusion_model.layers.0.attention.to_q.lora_A.weight": (16, 3840)},
        {},
    ),
    "qwen-image": (
        "qwen-image",
        {"transformer.transformer_blocks.0.img_mlp.net.2.lora_A.weight": (16, 12288)},
        {},
    ),
    "sana": (
        "sana",
        {"transformer.transformer_blocks.0.attn2.to_k.lora_A.weight": (16, 2240)},
        {},
    ),
    "LoKr told by metadata": (
        "sdxl",
        {"lora_unet_mid_block_attentions_0_proj_in.lokr_w1": (16, 16)},
        {"ss_base_model_version": "sdxl_base_v1-0"},
    ),
    "first text encoder only, told by metadata": (
        "sd1",
        {"lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 768)},
        {"modelspec.architecture": "stable-diffusion-v1/lora"},
    ),
    "weights beat copied metadata": (
        "sd1",
        {f"{KOHYA}_to_k.lora_down.weight": (8, 768)},
        {"ss_base_model_version": "sdxl_base_v1-0"},
    ),
    "nothing tells": (None, {"lora_te_mlp.lora_down.weight": (8, 768)}, {}),
    "a width of no family": (None, {f"{KOHYA}_to_k.lora_down.weight": (8, 256)}, {}),
    "films": (None, {"diffusion_model.blocks.0.self_attn.q.lora_A.weight": (8, 1536)}, {}),
}


@pytest.mark.parametrize("name", LORAS)
def test_family(name: str) -> None:
    family, shapes, metadata = LORAS[name]
    tensors = {key: TensorInfo("F16", shape) for key, shape in shapes.items()}
    found = family_of_lora(tensors, metadata)
    assert (found.id if found else None) == family


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("stable-diffusion-xl-v1-base/lora", "sdxl"),
        ("stable-diffusion-v1/lora", "sd1"),
        ("stable-diffusion-v2-768-v/lora", "sd2"),
        ("stable-diffusion-3-medium/lora", "sd3"),
        ("flux-1-dev/lora", "flux"),
        ("Flux.1-dev/lora", "flux"),
        ("sd_v1", "sd1"),
        ("sd_v2_v", "sd2"),
        ("sd3-medium", "sd3"),
        ("zimage", "z-image"),
        ("qwen-image", "qwen-image"),
        ("something else", None),
    ],
)
def test_names_of_base_models(said: str, family: str | None) -> None:
    tensors = {"lora_te_mlp.lora_down.weight": TensorInfo("F16", (8, 768))}
    found = family_of_lora(tensors, {"modelspec.architecture": said})
    assert (found.id if found else None) == family
