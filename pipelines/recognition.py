"""Which family a file belongs to, told by the names and shapes of its weights.

The names are those of `CHECKPOINT_KEY_NAMES` in diffusers' `loaders/single_file_utils.py` and of
the model classes in `diffusers/models`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from pipelines.families import family

if TYPE_CHECKING:
    from pipelines.families import Family
    from pipelines.headers import TensorInfo

Tensors = Mapping[str, "TensorInfo"]
Kind = Literal["model", "lora", "vae", "embedding", "text encoder", "other"]

_PREFIX = "model.diffusion_model."
"""Before the denoiser's names in the original layout; some files leave it out."""

_UNET_CONV_IN = ("input_blocks.0.0.weight", "conv_in.weight")
_UNET_TEXT_KEYS = (
    "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
    "input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight",
    "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight",
    "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight",
)
_FAMILY_OF_TEXT_WIDTH = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
_UNET_OF_CHANNELS = {
    5: "a Stable Diffusion depth model",
    7: "the Stable Diffusion ×4 upscaler",
    8: "InstructPix2Pix",
}

_UNSUPPORTED = (
    ("control_model.time_embed.0.weight", "a ControlNet"),
    ("controlnet_cond_embedding.conv_in.weight", "a ControlNet"),
    ("control_all_x_embedder.2-1.weight", "a ControlNet"),
    ("edm_mean", "Playground 2.5"),
    ("distilled_guidance_layer.in_proj.bias", "Chroma"),
    ("early_stream_modulations.image.lin.weight", "FLUX.3"),
    ("txt_in.text_norm.weight", "Qwen-Image 2.1"),
    ("txtfusion.projector.weight", "Krea 2"),
    ("double_stream_blocks.0.block.adaLN_modulation.1.bias", "HiDream"),
    ("cond_seq_linear.weight", "AuraFlow"),
    ("layers.0.adaLN_modulation.1.weight", "Lumina 2"),
    ("clip_txt_mapper.weight", "Stable Cascade"),
    ("head.modulation", "Wan, which makes films"),
    ("patchify_proj.weight", "LTX-Video, which makes films"),
    ("txt_in.individual_token_refiner.blocks.0.adaLN_modulation.1.bias", "Hunyuan Video"),
)

_MARKERS = (
    ("sd3", "joint_blocks.0.context_block.adaLN_modulation.1.bias"),
    ("flux2", "single_stream_modulation.lin.weight"),
    ("flux2", "single_stream_modulation.linear.weight"),
    ("flux", "double_blocks.0.img_attn.norm.key_norm.scale"),
    ("flux", "single_transformer_blocks.0.proj_mlp.weight"),
    ("z-image", "layers.0.adaLN_modulation.0.weight"),
    ("qwen-image", "txt_norm.weight"),
    ("sana", "attention_y_norm.weight"),
    ("sana", "transformer_blocks.0.ff.conv_inverted.weight"),
    ("pixart-alpha", "adaln_single.emb.resolution_embedder.linear_1.weight"),
    ("pixart-sigma", "adaln_single.linear.weight"),
    ("sd3", "transformer_blocks.0.norm1_context.linear.weight"),
)
"""In this order: the later ones occur in the earlier families as well."""

_FLUX2_DEV_WIDTH = 6144

_LORA = re.compile(r"lora_(down|up|A|B|linear_layer)\b|lora\.(down|up)\.|\.hada_w1|\.lokr_w|\.oft_")
_VAE = ("decoder.conv_in.weight", "first_stage_model.decoder.conv_in.weight")
_TEXT_ENCODERS = (
    "text_model.embeddings.token_embedding.weight",
    "encoder.block.0.layer.0.SelfAttention.q.weight",
    "model.layers.0.self_attn.q_proj.weight",
)
_EMBEDDING_WIDTHS = {768, 1024, 1280}
_EMBEDDING_TENSORS = 4


def kind_of_tensors(tensors: Tensors) -> Kind:
    """What a file is for. A model need not be of a family that is known."""
    if any(map(_LORA.search, tensors)):
        return "lora"
    if family_of_tensors(tensors) or unsupported_model(tensors):
        return "model"
    if any(name in tensors for name in _VAE):
        return "vae"
    if any(name in tensors for name in _TEXT_ENCODERS):
        return "text encoder"
    if 0 < len(tensors) <= _EMBEDDING_TENSORS and all(
        len(shape) in (1, 2) and shape[-1] in _EMBEDDING_WIDTHS for _, shape in tensors.values()
    ):
        return "embedding"
    return "other"


def family_of_tensors(tensors: Tensors) -> Family | None:
    """The family of a whole model or of its denoiser alone, in the original or diffusers' layout.

    None for everything else, which `unsupported_model` may have a name for.
    """
    if unsupported_model(tensors):
        return None
    if text := _text_width(tensors):
        known = _FAMILY_OF_TEXT_WIDTH.get(text)
        return family(known) if known else None
    found = next((name for name, marker in _MARKERS if _shape(tensors, marker)), None)
    if found is None and (captions := _shape(tensors, "y_embedder.y_embedding")):
        sigma = family("pixart-sigma")  # PixArt's own layout has one row for each token
        return sigma if captions[0] == sigma.tokens else family("pixart-alpha")
    return family(found) if found else None


def unsupported_model(tensors: Tensors) -> str:
    """The name of a model of a known kind that cannot be used here, or ""."""
    for marker, title in _UNSUPPORTED:
        if _shape(tensors, marker):
            return title
    if _text_width(tensors):
        if _text_width(tensors) == 1280:
            return "the SDXL refiner"
        return _UNET_OF_CHANNELS.get(_channels(tensors, _UNET_CONV_IN), "")
    modulation = _shape(tensors, "single_stream_modulation.lin.weight") or _shape(
        tensors, "single_stream_modulation.linear.weight"
    )
    if modulation:
        return "FLUX.2 dev" if modulation[-1] == _FLUX2_DEV_WIDTH else ""
    if _channels(tensors, ("img_in.weight",)) == 128:
        return "FLUX.1 Depth or Canny"
    return ""


def expects_mask(tensors: Tensors) -> bool:
    """Whether the denoiser is given a mask and the masked picture beside the noise."""
    if _text_width(tensors):
        return _channels(tensors, _UNET_CONV_IN) == 9
    return _channels(tensors, ("img_in.weight", "x_embedder.weight")) == 384


def is_whole(tensors: Tensors) -> bool:
    """Whether text encoder and VAE lie in the same file as the denoiser."""
    return any(name.startswith(("first_stage_model.", "vae.")) for name in tensors) and any(
        name.startswith(("cond_stage_model.", "conditioner.embedders.", "text_encoders."))
        for name in tensors
    )


def latent_channels(tensors: Tensors) -> int:
    """How many channels the latents of a VAE have; 0 where it is none."""
    return _channels(tensors, _VAE)


def _shape(tensors: Tensors, name: str) -> tuple[int, ...] | None:
    info = tensors.get(name) or tensors.get(_PREFIX + name)
    return info.shape if info else None


def _channels(tensors: Tensors, names: tuple[str, ...]) -> int:
    """The number of input channels of the first of these layers that is there, else 0."""
    shapes = (_shape(tensors, name) for name in names)
    return next((shape[1] for shape in shapes if shape and len(shape) > 1), 0)


def _text_width(tensors: Tensors) -> int:
    """How wide the text is that a U-Net attends to; 0 where there is no U-Net."""
    return _channels(tensors, _UNET_TEXT_KEYS)
