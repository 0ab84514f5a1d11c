"""A picture of ours to write and read."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

from pipelines.api import TextToImageRequest
from pipelines.codec import to_json
from pipelines.pictures import DigitalSource, save_picture
from pipelines.recipe import Recipe

FORMATS = ("png", "jpg", "webp")
REQUEST = TextToImageRequest(model="starter", prompt="a {red|blue} hat", seed=7, steps=12)
RECIPE = Recipe(
    request=to_json(REQUEST),
    prompt='a red hat, "帽子": (new:1.2)',
    negative_prompt="blurry, ugly",
    seed=4_294_967_295,
    width=48,
    height=32,
    steps=12,
    guidance=7.5,
    scheduler="DPM++ 2M Karras",
    model_name="starter",
    model_hash="0123456789abcdef" * 4,
    versions={"torch": "2.10"},
)


def noise(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, random.Random(1).randbytes(size[0] * size[1] * bands))


def save(folder: Path, suffix: str, recipe: Recipe = RECIPE) -> Path:
    path = folder / f"帽子 picture.{suffix}"
    save_picture(noise(), path, recipe, DigitalSource.GENERATED)
    return path
