"""The names and shapes of whole single-file checkpoints in their original layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Named = tuple[str, tuple[int, ...]]

TIME = 1280


@dataclass(frozen=True)
class Architecture:
    """What tells the U-Nets apart: `depth` is the number of transformer blocks on each level."""

    widths: tuple[int, ...]
    depth: tuple[int, ...]
    middle: int
    context: int
    linear: bool
    pooled: int = 0


ARCHITECTURES = {
    "sd1": Architecture((320, 640, 1280, 1280), (1, 1, 1, 0), 1, 768, linear=False),
    "sd2": Architecture((320, 640, 1280, 1280), (1, 1, 1, 0), 1, 1024, linear=True),
    "sdxl": Architecture((320, 640, 1280), (0, 2, 10), 10, 2048, linear=True, pooled=2816),
}


def checkpoint(family: str, in_channels: int = 4) -> dict[str, tuple[int, ...]]:
    """Every tensor of a published checkpoint: denoiser, VAE and text encoders."""
    named = dict(_prefixed("model.diffusion_model.", unet(ARCHITECTURES[family], in_channels)))
    named |= _prefixed("first_stage_model.", vae())
    if family == "sd1":
        named |= _prefixed("cond_stage_model.transformer.", clip())
    elif family == "sd2":
        named |= _prefixed("cond_stage_model.model.", open_clip(1024, 24))
    else:
        named |= _prefixed("conditioner.embedders.0.transformer.", clip())
        named |= _prefixed("conditioner.embedders.1.model.", open_clip(1280, 32))
    return named


def unet(shape: Architecture, in_channels: int) -> Iterator[Named]:
    first = shape.widths[0]
    yield from _layer("time_embed.0", TIME, first)
    yield from _layer("time_embed.2", TIME, TIME)
    if shape.pooled:
        yield from _layer("label_emb.0.0", TIME, shape.pooled)
        yield from _layer("label_emb.0.2", TIME, TIME)
    yield from _layer("input_blocks.0.0", first, in_channels, 3, 3)
    skips, width, number = [first], first, 1
    for level, wide in enumerate(shape.widths):
        for _ in range(2):
            yield from _resnet(f"input_blocks.{number}.0", width, wide)
            yield from _attention(f"input_blocks.{number}.1", wide, shape.depth[level], shape)
            width, number = wide, number + 1
            skips.append(width)
        if level < len(shape.widths) - 1:
            yield from _layer(f"input_blocks.{number}.0.op", width, width, 3, 3)
            skips.append(width)
            number += 1
    yield from _resnet("middle_block.0", width, width)
    yield from _attention("middle_block.1", width, shape.middle, shape)
    yield from _resnet("middle_block.2", width, width)
    number = 0
    for level, wide in reversed(list(enumerate(shape.widths))):
        for block in range(3):
            yield from _resnet(f"output_blocks.{number}.0", width + skips.pop(), wide)
            yield from _attention(f"output_blocks.{number}.1", wide, shape.depth[level], shape)
            if level and block == 2:
                place = 2 if shape.depth[level] else 1
                yield from _layer(f"output_blocks.{number}.{place}.conv", wide, wide, 3, 3)
            width, number = wide, number + 1
    yield from _layer("out.0", width)
    yield from _layer("out.2", 4, width, 3, 3)


def vae() -> Iterator[Named]:
    widths = (128, 256, 512, 512)
    yield from _layer("encoder.conv_in", 128, 3, 3, 3)
    width = 128
    for level, wide in enumerate(widths):
        for block in range(2):
            yield from _vae_resnet(f"encoder.down.{level}.block.{block}", width, wide)
            width = wide
        if level < 3:
            yield from _layer(f"encoder.down.{level}.downsample.conv", wide, wide, 3, 3)
    yield from _vae_middle("encoder.mid")
    yield from _layer("encoder.norm_out", 512)
    yield from _layer("encoder.conv_out", 8, 512, 3, 3)
    yield from _layer("decoder.conv_in", 512, 4, 3, 3)
    yield from _vae_middle("decoder.mid")
    for level, wide in reversed(list(enumerate(widths))):
        for block in range(3):
            yield from _vae_resnet(f"decoder.up.{level}.block.{block}", width, wide)
            width = wide
        if level:
            yield from _layer(f"decoder.up.{level}.upsample.conv", wide, wide, 3, 3)
    yield from _layer("decoder.norm_out", 128)
    yield from _layer("decoder.conv_out", 3, 128, 3, 3)
    yield from _layer("quant_conv", 8, 8, 1, 1)
    yield from _layer("post_quant_conv", 4, 4, 1, 1)


def clip() -> Iterator[Named]:
    """CLIP's text model in transformers' layout."""
    width = 768
    yield "text_model.embeddings.token_embedding.weight", (49408, width)
    yield "text_model.embeddings.position_embedding.weight", (77, width)
    for number in range(12):
        layer = f"text_model.encoder.layers.{number}"
        for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
            yield from _layer(f"{layer}.self_attn.{part}", width, width)
        yield from _layer(f"{layer}.layer_norm1", width)
        yield from _layer(f"{layer}.layer_norm2", width)
        yield from _layer(f"{layer}.mlp.fc1", 4 * width, width)
        yield from _layer(f"{layer}.mlp.fc2", width, 4 * width)
    yield from _layer("text_model.final_layer_norm", width)


def open_clip(width: int, layers: int) -> Iterator[Named]:
    """OpenCLIP's text model in its own layout."""
    yield "token_embedding.weight", (49408, width)
    yield "positional_embedding", (77, width)
    for number in range(layers):
        layer = f"transformer.resblocks.{number}"
        yield f"{layer}.attn.in_proj_weight", (3 * width, width)
        yield f"{layer}.attn.in_proj_bias", (3 * width,)
        yield from _layer(f"{layer}.attn.out_proj", width, width)
        yield from _layer(f"{layer}.ln_1", width)
        yield from _layer(f"{layer}.ln_2", width)
        yield from _layer(f"{layer}.mlp.c_fc", 4 * width, width)
        yield from _layer(f"{layer}.mlp.c_proj", width, 4 * width)
    yield from _layer("ln_final", width)
    yield "text_projection", (width, width)
    yield "logit_scale", ()


def _resnet(name: str, width: int, wide: int) -> Iterator[Named]:
    yield from _layer(f"{name}.in_layers.0", width)
    yield from _layer(f"{name}.in_layers.2", wide, width, 3, 3)
    yield from _layer(f"{name}.emb_layers.1", wide, TIME)
    yield from _layer(f"{name}.out_layers.0", wide)
    yield from _layer(f"{name}.out_layers.3", wide, wide, 3, 3)
    if width != wide:
        yield from _layer(f"{name}.skip_connection", wide, width, 1, 1)


def _attention(name: str, width: int, depth: int, shape: Architecture) -> Iterator[Named]:
    if not depth:
        return
    pixel = () if shape.linear else (1, 1)
    yield from _layer(f"{name}.norm", width)
    yield from _layer(f"{name}.proj_in", width, width, *pixel)
    for number in range(depth):
        block = f"{name}.transformer_blocks.{number}"
        for attention, read in (("attn1", width), ("attn2", shape.context)):
            yield f"{block}.{attention}.to_q.weight", (width, width)
            yield f"{block}.{attention}.to_k.weight", (width, read)
            yield f"{block}.{attention}.to_v.weight", (width, read)
            yield from _layer(f"{block}.{attention}.to_out.0", width, width)
        for norm in ("norm1", "norm2", "norm3"):
            yield from _layer(f"{block}.{norm}", width)
        yield from _layer(f"{block}.ff.net.0.proj", 8 * width, width)
        yield from _layer(f"{block}.ff.net.2", width, 4 * width)
    yield from _layer(f"{name}.proj_out", width, width, *pixel)


def _vae_resnet(name: str, width: int, wide: int) -> Iterator[Named]:
    yield from _layer(f"{name}.norm1", width)
    yield from _layer(f"{name}.conv1", wide, width, 3, 3)
    yield from _layer(f"{name}.norm2", wide)
    yield from _layer(f"{name}.conv2", wide, wide, 3, 3)
    if width != wide:
        yield from _layer(f"{name}.nin_shortcut", wide, width, 1, 1)


def _vae_middle(name: str) -> Iterator[Named]:
    yield from _vae_resnet(f"{name}.block_1", 512, 512)
    yield from _layer(f"{name}.attn_1.norm", 512)
    for part in ("q", "k", "v", "proj_out"):
        yield from _layer(f"{name}.attn_1.{part}", 512, 512, 1, 1)
    yield from _vae_resnet(f"{name}.block_2", 512, 512)


def _layer(name: str, *weight: int) -> Iterator[Named]:
    yield f"{name}.weight", weight
    yield f"{name}.bias", weight[:1]


def _prefixed(prefix: str, named: Iterator[Named]) -> Iterator[Named]:
    return ((prefix + name, shape) for name, shape in named)
