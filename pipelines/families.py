"""The families of picture models: what each of them can do, and how it wants to be asked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASPECTS = {"1:1": 1.0, "3:2": 3 / 2, "16:9": 16 / 9, "9:16": 9 / 16, "2:3": 2 / 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Models of one architecture, which share pipelines, prompts and add-ons.

    `classes` are the pipeline names that a `model_index.json` of the family carries;
    `text_to_image`, `image_to_image` and `inpaint` the diffusers classes that run it ("" where
    there is none); `fill` runs those of its models that expect a mask. `size` is the side in pixels
    of the square it was trained on, width and height are multiples of `multiple`; those of the
    usual aspects are multiples of `grid`. `steps` and `guidance` suit most of its models. `flow`
    families take flow-matching schedulers only. `negative`, `weighting`, `clip_skip`, `embeddings`
    and `loras` say what it understands: a negative prompt, `(word:1.2)`, leaving out the text
    encoder's last layers, textual inversions and low-rank adapters. `tokens` is the longest prompt,
    the marks at both ends included. `licence` is what its publisher gave it; a model trained
    further may differ.
    """

    id: str
    title: str
    classes: tuple[str, ...]
    text_to_image: str
    image_to_image: str
    inpaint: str
    fill: str
    multiple: int
    size: int
    grid: int
    steps: int
    guidance: float
    flow: bool
    negative: bool
    weighting: bool
    clip_skip: bool
    embeddings: bool
    loras: bool
    tokens: int
    licence: str

    @property
    def shapes(self) -> Mapping[str, tuple[int, int]]:
        """A width and height of about as many pixels as the square for each usual aspect."""
        return shapes_of(self.size, self.grid)


@cache
def shapes_of(size: int, multiple: int) -> dict[str, tuple[int, int]]:
    """For each usual aspect the best width and height in pixels, both multiples of `multiple`.

    No shape has more pixels than the square of side `size`. A wrong aspect costs twice what the
    same share of missing pixels does: with 1024 and 64 this gives SDXL's published sizes.
    """
    return {name: _shape(ratio, size, multiple) for name, ratio in _ASPECTS.items()}


def _shape(ratio: float, size: int, multiple: int) -> tuple[int, int]:
    if ratio < 1:  # upright shapes are the lying ones, turned
        height, width = _shape(1 / ratio, size, multiple)
        return width, height
    budget = size * size
    sides = range(multiple, 2 * size, multiple)
    pairs = [
        (width, height)
        for width in sides
        for height in {_snap(width / ratio, multiple, up) for up in (False, True)}
        if width * height <= budget
    ]

    def cost(pair: tuple[int, int]) -> float:
        width, height = pair
        return 2 * abs(math.log(width / height / ratio)) + math.log(budget / (width * height))

    return min(pairs, key=cost)


def _snap(length: float, multiple: int, up: bool) -> int:
    return max(multiple, (int(length) // multiple + up) * multiple)


_SD1 = Family(
    id="sd1",
    title="SD 1.5",
    classes=(
        "StableDiffusionPipeline",
        "StableDiffusionImg2ImgPipeline",
        "StableDiffusionInpaintPipeline",
        "LatentConsistencyModelPipeline",
    ),
    text_to_image="StableDiffusionPipeline",
    image_to_image="StableDiffusionImg2ImgPipeline",
    inpaint="StableDiffusionInpaintPipeline",
    fill="StableDiffusionInpaintPipeline",
    multiple=8,
    size=512,
    grid=16,
    steps=25,
    guidance=7.0,
    flow=False,
    negative=True,
    weighting=True,
    clip_skip=True,
    embeddings=True,
    loras=True,
    tokens=77,
    licence="CreativeML OpenRAIL-M",
)
_SD2 = replace(
    _SD1,
    id="sd2",
    title="SD 2.1",
    classes=(),  # the same names as SD 1: the width of the text tells them apart
    size=768,
    grid=16,
    licence="CreativeML OpenRAIL++-M",
)
_SDXL = replace(
    _SD1,
    id="sdxl",
    title="SDXL",
    classes=(
        "StableDiffusionXLPipeline",
        "StableDiffusionXLImg2ImgPipeline",
        "StableDiffusionXLInpaintPipeline",
    ),
    text_to_image="StableDiffusionXLPipeline",
    image_to_image="StableDiffusionXLImg2ImgPipeline",
    inpaint="StableDiffusionXLInpaintPipeline",
    fill="StableDiffusionXLInpaintPipeline",
    size=1024,
    grid=64,
    steps=30,
    guidance=5.5,
    licence="CreativeML OpenRAIL++-M",
)
_SD3 = Family(
    id="sd3",
    title="SD 3.5",
    classes=(
        "StableDiffusion3Pipeline",
        "StableDiffusion3Img2ImgPipeline",
        "StableDiffusion3InpaintPipeline",
    ),
    text_to_image="StableDiffusion3Pipeline",
    image_to_image="StableDiffusion3Img2ImgPipeline",
    inpaint="StableDiffusion3InpaintPipeline",
    fill="",
    multiple=16,
    size=1024,
    grid=16,
    steps=28,
    guidance=4.5,
    flow=True,
    negative=True,
    weighting=False,
    clip_skip=True,
    embeddings=False,
    loras=True,
    tokens=256,
    licence="Stability AI Community",
)
_FLUX = replace(
    _SD3,
    id="flux",
    title="FLUX.1",
    classes=("FluxPipeline", "FluxImg2ImgPipeline", "FluxInpaintPipeline", "FluxFillPipeline"),
    text_to_image="FluxPipeline",
    image_to_image="FluxImg2ImgPipeline",
    inpaint="FluxInpaintPipeline",
    fill="FluxFillPipeline",
    guidance=3.5,
    negative=False,
    clip_skip=False,
    tokens=512,
    licence="FLUX.1 [dev] Non-Commercial",
)
_FLUX2 = replace(
    _FLUX,
    id="flux2",
    title="FLUX.2 klein",
    classes=("Flux2KleinPipeline", "Flux2KleinInpaintPipeline"),
    text_to_image="Flux2KleinPipeline",
    image_to_image="",  # its pictures are references: there is no strength
    inpaint="Flux2KleinInpaintPipeline",
    fill="",
    steps=4,
    guidance=1.0,
    licence="4B: Apache-2.0, 9B: FLUX Non-Commercial",
)
_Z_IMAGE = replace(
    _SD3,
    id="z-image",
    title="Z-Image",
    classes=("ZImagePipeline", "ZImageImg2ImgPipeline", "ZImageInpaintPipeline"),
    text_to_image="ZImagePipeline",
    image_to_image="ZImageImg2ImgPipeline",
    inpaint="ZImageInpaintPipeline",
    steps=9,  # of the Turbo model; the last step is empty, eight are drawn
    guidance=0.0,
    clip_skip=False,
    tokens=512,
    licence="Apache-2.0",
)
_QWEN_IMAGE = replace(
    _Z_IMAGE,
    id="qwen-image",
    title="Qwen-Image",
    classes=("QwenImagePipeline", "QwenImageImg2ImgPipeline", "QwenImageInpaintPipeline"),
    text_to_image="QwenImagePipeline",
    image_to_image="QwenImageImg2ImgPipeline",
    inpaint="QwenImageInpaintPipeline",
    size=1328,
    grid=16,
    steps=50,
    guidance=4.0,
)
_SANA = replace(
    _Z_IMAGE,
    id="sana",
    title="Sana",
    classes=("SanaPipeline",),
    text_to_image="SanaPipeline",
    image_to_image="",
    inpaint="",
    multiple=32,
    grid=32,
    steps=20,
    guidance=4.5,
    tokens=300,
    licence="NVIDIA Open Model",
)
_PIXART_SIGMA = replace(
    _SANA,
    id="pixart-sigma",
    title="PixArt-Σ",
    classes=("PixArtSigmaPipeline",),
    text_to_image="PixArtSigmaPipeline",
    multiple=8,
    grid=16,
    flow=False,
    loras=False,
    licence="CreativeML OpenRAIL++-M",
)
_PIXART_ALPHA = replace(
    _PIXART_SIGMA,
    id="pixart-alpha",
    title="PixArt-α",
    classes=("PixArtAlphaPipeline",),
    text_to_image="PixArtAlphaPipeline",
    tokens=120,
)

FAMILIES: tuple[Family, ...] = (
    _SD1,
    _SD2,
    _SDXL,
    _SD3,
    _FLUX,
    _FLUX2,
    _Z_IMAGE,
    _QWEN_IMAGE,
    _SANA,
    _PIXART_SIGMA,
    _PIXART_ALPHA,
)

_BY_ID = {family.id: family for family in FAMILIES}
_BY_CLASS = {name: family for family in FAMILIES for name in family.classes}


def family(family_id: str) -> Family:
    """The family of this id. Raises KeyError."""
    return _BY_ID[family_id]


def family_of_class(name: str) -> Family | None:
    """The family of a pipeline class named in a `model_index.json`.

    Stable Diffusion 1 and 2 have the same class: the answer is SD 1 for both.
    """
    return _BY_CLASS.get(name)
