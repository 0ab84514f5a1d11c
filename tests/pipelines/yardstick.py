"""What diffusers itself draws: the yardstick that our pictures are held against, byte by byte."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import diffusers
import torch
from PIL import Image

from pipelines.api import TextToImageRequest, TextToImageResult
from pipelines.model_slot import ModelSlot
from pipelines.text_to_image import TextToImage
from tests.scripted_context import ScriptedContext

NEGATIVE = ("sd1", "sdxl", "sd3", "z-image", "qwen-image")


@dataclass
class Studio:
    """Our pipeline in this process, with what it said while loading."""

    folder: Path
    pipeline: TextToImage = field(default_factory=lambda: TextToImage(ModelSlot()))
    said: list[str] = field(default_factory=list)
    runs: int = 0

    def context(self, cancel_at: int = 0) -> ScriptedContext:
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        folder.mkdir()
        return ScriptedContext(folder, cancel_at)

    def draw(
        self, request: TextToImageRequest, ctx: ScriptedContext | None = None
    ) -> TextToImageResult:
        self.said.clear()
        self.pipeline.load(request, self.said.append)
        return self.pipeline.run(request, ctx or self.context())

    def pixels(
        self, request: TextToImageRequest, ctx: ScriptedContext | None = None
    ) -> list[bytes]:
        return [read(picture.path).tobytes() for picture in self.draw(request, ctx).pictures]


def request_for(model: Path, family: str, **changes: Any) -> TextToImageRequest:
    """A small request that uses what the family has."""
    settings: dict[str, Any] = {
        "prompt": "a red castle on the fox",
        "negative_prompt": "blue robot" if family in NEGATIVE else "",
        "width": 64,
        "height": 64,
        "steps": 3,
        "guidance": 4.5,
        "seed": 7,
    }
    return TextToImageRequest(model=str(model), **settings | changes)


def fresh(model: Path, class_name: str = "DiffusionPipeline", **parts: Any) -> Any:
    """A pipeline of diffusers' own, just loaded."""
    pipe = getattr(diffusers, class_name).from_pretrained(model, dtype=torch.float32, **parts)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def drawn(
    pipe: Any, request: TextToImageRequest, seeds: Sequence[int], **arguments: Any
) -> list[bytes]:
    """The pixels of one call of `pipe` with a generator for each of `seeds`."""
    count = len(seeds)
    words: dict[str, Any] = {"prompt": [request.prompt] * count}
    if request.negative_prompt:
        words["negative_prompt"] = [request.negative_prompt] * count
    sizes = {"width": request.width, "height": request.height}
    if "width" not in inspect.signature(pipe.__call__).parameters:
        sizes = {}  # the start picture says it
    guidance = "true_cfg_scale" if "QwenImage" in type(pipe).__name__ else "guidance_scale"
    result = pipe(
        **words
        | sizes
        | {
            "num_inference_steps": request.steps,
            guidance: request.guidance,
            "generator": [torch.Generator("cpu").manual_seed(seed) for seed in seeds],
        }
        | arguments
    )
    return [image.tobytes() for image in result.images]


def read(path: str | Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image.convert("RGB")


def largest_difference(one: bytes, other: bytes) -> int:
    """Of two pictures of one size, in steps of 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
