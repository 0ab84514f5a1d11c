"""Families of whole models and denoisers are told by names and shapes alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipelines.headers import TensorInfo
from pipelines.recognition import (
    Kind,
    Tensors,
    expects_mask,
    family_of_tensors,
    is_whole,
    kind_of_tensors,
    latent_channels,
    unsupported_model,
)
from tests.pipelines.checkpoint_layouts import checkpoint

LDM = "model.diffusion_model."
ATTN = ".transformer_blocks.0.attn2.to_k.weight"

DENOISERS: dict[str, tuple[str, dict[str, tuple[int, ...]]]] = {
    "sd1 diffusers": (
        "sd1",
        {
            "conv_in.weight": (320, 4, 3, 3),
            f"down_blocks.0.attentions.0{ATTN}": (320, 768),
        },
    ),
    "sd2 diffusers": (
        "sd2",
        {
            "conv_in.weight": (320, 4, 3, 3),
            f"down_blocks.0.attentions.0{ATTN}": (320, 1024),
        },
    ),
    "sdxl diffusers": (
        "sdxl",
        {
            "conv_in.weight": (320, 4, 3, 3),
            f"down_blocks.1.attentions.0{ATTN}": (640, 2048),
        },
    ),
    "sd3": ("sd3", {f"{LDM}joint_blocks.0.context_block.adaLN_modulation.1.bias": (9216,)}),
    "sd3 diffusers": (
        "sd3",
        {
            "pos_embed.proj.weight": (1536, 16, 2, 2),
            "transformer_blocks.0.norm1_context.linear.weight": (9216, 1536),
        },
    ),
    "flux": (
        "flux",
        {
            "img_in.weight": (3072, 64),
            "double_blocks.0.img_attn.norm.key_norm.scale": (128,),
        },
    ),
    "flux in comfy's file": (
        "flux",
        {
            f"{LDM}img_in.weight": (3072, 64),
            f"{LDM}double_blocks.0.img_attn.norm.key_norm.scale": (128,),
        },
    ),
    "flux diffusers": (
        "flux",
        {
            "x_embedder.weight": (3072, 64),
            "transformer_blocks.0.norm1_context.linear.weight": (18432, 3072),
            "single_transformer_blocks.0.proj_mlp.weight": (12288, 3072),
        },
    ),
    "klein 4B": (
        "flux2",
        {
            "img_in.weight": (3072, 128),
            "double_blocks.0.img_attn.norm.key_norm.scale": (128,),
            "single_stream_modulation.lin.weight": (9216, 3072),
        },
    ),
    "klein diffusers": (
        "flux2",
        {
            "x_embedder.weight": (3072, 128),
            "single_stream_modulation.linear.weight": (9216, 3072),
        },
    ),
    "z-image": (
        "z-image",
        {
            "layers.0.adaLN_modulation.0.weight": (15360, 256),
            "cap_embedder.0.weight": (2560,),
        },
    ),
    "qwen-image": (
        "qwen-image",
        {"txt_norm.weight": (3584,), "img_in.weight": (3072, 64)},
    ),
    "sana": (
        "sana",
        {
            "attention_y_norm.weight": (2240,),
            "y_embedder.y_embedding": (300, 2304),
            "blocks.0.cross_attn.q_linear.weight": (2240, 2240),
        },
    ),
    "sana diffusers": (
        "sana",
        {"transformer_blocks.0.ff.conv_inverted.weight": (11200, 2240, 1, 1)},
    ),
    "pixart sigma": ("pixart-sigma", {"y_embedder.y_embedding": (300, 4096)}),
    "pixart alpha": ("pixart-alpha", {"y_embedder.y_embedding": (120, 4096)}),
    "pixart sigma diffusers": ("pixart-sigma", {"adaln_single.linear.weight": (6912, 1152)}),
    "pixart alpha diffusers": (
        "pixart-alpha",
        {
            "adaln_single.linear.weight": (6912, 1152),
            "adaln_single.emb.resolution_embedder.linear_1.weight": (384, 256),
        },
    ),
}

UNSUPPORTED: dict[str, dict[str, tuple[int, ...]]] = {
    "the SDXL refiner": {f"{LDM}input_blocks.4.1{ATTN}": (768, 1280)},
    "InstructPix2Pix": {
        f"{LDM}input_blocks.0.0.weight": (320, 8, 3, 3),
        f"{LDM}input_blocks.1.1{ATTN}": (320, 768),
    },
    "FLUX.1 Depth or Canny": {
        "img_in.weight": (3072, 128),
        "double_blocks.0.img_attn.norm.key_norm.scale": (128,),
    },
    "FLUX.2 dev": {"single_stream_modulation.lin.weight": (18432, 6144)},
    "Chroma": {
        "distilled_guidance_layer.in_proj.bias": (5120,),
        "double_blocks.0.img_attn.norm.key_norm.scale": (128,),
    },
    "Qwen-Image 2.1": {f"{LDM}txt_in.text_norm.weight": (4096,)},
    "Wan, which makes films": {"head.modulation": (1, 2, 1536)},
    "a ControlNet": {
        "controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3),
        f"down_blocks.0.attentions.0{ATTN}": (320, 768),
    },
}


def infos(shapes: Mapping[str, tuple[int, ...]]) -> Tensors:
    return {name: TensorInfo("F16", shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
@pytest.mark.parametrize("channels", [4, 9])
def test_whole_checkpoints(family: str, channels: int) -> None:
    tensors = infos(checkpoint(family, channels))
    found = family_of_tensors(tensors)
    assert found is not None
    assert found.id == family
    assert expects_mask(tensors) == (channels == 9)
    assert is_whole(tensors)
    assert kind_of_tensors(tensors) == "model"


@pytest.mark.parametrize("name", DENOISERS)
def test_denoisers_alone(name: str) -> None:
    family, shapes = DENOISERS[name]
    tensors = infos(shapes)
    found = family_of_tensors(tensors)
    assert found is not None
    assert found.id == family
    assert not is_whole(tensors)
    assert not expects_mask(tensors)
    assert unsupported_model(tensors) == ""


@pytest.mark.parametrize("title", UNSUPPORTED)
def test_what_cannot_be_used_is_named(title: str) -> None:
    tensors = infos(UNSUPPORTED[title])
    assert unsupported_model(tensors) == title
    assert family_of_tensors(tensors) is None
    assert kind_of_tensors(tensors) == "model"


def test_flux_fill_expects_a_mask() -> None:
    tensors = infos(DENOISERS["flux"][1] | {"img_in.weight": (3072, 384)})
    assert expects_mask(tensors)


def test_an_unknown_text_width_is_no_family() -> None:
    assert family_of_tensors(infos({f"{LDM}input_blocks.1.1{ATTN}": (320, 512)})) is None


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        ("lora", {"lora_unet_mid_block_attn.lora_down.weight": (4, 1280)}),
        ("lora", {"unet.mid_block.attn.lora_A.weight": (4, 1280)}),
        ("lora", {"lora_unet_mid_block_attn.hada_w1_a": (1280, 4)}),
        ("lora", {"lora_unet_mid_block_attn.lokr_w1": (4, 4)}),
        ("vae", {"first_stage_model.decoder.conv_in.weight": (512, 4, 3, 3)}),
        ("vae", {"decoder.conv_in.weight": (512, 16, 3, 3)}),
        ("text encoder", {"text_model.embeddings.token_embedding.weight": (49408, 768)}),
        ("embedding", {"emb_params": (8, 768)}),
        ("embedding", {"clip_l": (2, 768), "clip_g": (2, 1280)}),
        ("other", {"conv_first.weight": (64, 3, 3, 3)}),
        ("other", {}),
    ],
)
def test_kinds(kind: Kind, shapes: dict[str, tuple[int, ...]]) -> None:
    assert kind_of_tensors(infos(shapes)) == kind


def test_latent_channels() -> None:
    assert latent_channels(infos({"decoder.conv_in.weight": (512, 16, 3, 3)})) == 16
    assert latent_channels(infos(checkpoint("sd1"))) == 4
    assert latent_channels({}) == 0
