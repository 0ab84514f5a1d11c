"""A whole batch through the engine (child, pipe, previews, files) against the same diffusers calls.

Both draw the same pictures with the same model, warm, on the same core, in turn.
Run: OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/overhead.py [PICTURES] [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines import environment
from pipelines.api import Done, Preview, TextToImageRequest
from pipelines.assets import assets_folder
from pipelines.driver import Driver
from pipelines.how import How
from pipelines.ticket import Ticket

MODEL = assets_folder() / "models" / "starter-icons"
TARGET = "pipelines.text_to_image:TextToImage"


def plain(pipe: object, request: TextToImageRequest, folder: Path) -> float:
    """Seconds of a script that calls diffusers and saves each picture."""
    import torch

    began = time.perf_counter()
    for index in range(request.count):
        image = pipe(  # type: ignore[operator]
            prompt=[request.prompt],
            width=request.width,
            height=request.height,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            generator=[torch.Generator("cpu").manual_seed(request.seed + index)],
        ).images[0]
        image.save(folder / f"{index}.png")
    return time.perf_counter() - began


def through_engine(driver: Driver, request: TextToImageRequest, folder: Path) -> tuple[float, int]:
    """Seconds from the request to the result, and how many previews came."""
    began, previews = time.perf_counter(), 0
    ticket = Ticket(TARGET, request, str(folder), environment=How("cpu", True).to_environment())
    for body in driver.run(ticket):
        previews += isinstance(body, Preview)
        if isinstance(body, Done):
            return time.perf_counter() - began, previews
    raise RuntimeError("the job did not succeed")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    os.environ["FABULA_HOME"] = tempfile.mkdtemp()
    environment.harden()
    import torch
    from diffusers import StableDiffusionPipeline

    pipe = StableDiffusionPipeline.from_pretrained(MODEL, dtype=torch.float32, safety_checker=None)
    pipe.set_progress_bar_config(disable=True)
    request = TextToImageRequest(
        str(MODEL), "a castle on a blue background", width=128, height=128, steps=20,
        guidance=3.0, seed=7, count=count,
    )  # fmt: skip
    driver = Driver()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        plain(pipe, request, place)
        through_engine(driver, request, place)
        pairs = [
            (plain(pipe, request, place), *through_engine(driver, request, place))
            for _ in range(rounds)
        ]
    driver.close()
    ratios = [ours / theirs for theirs, ours, _ in pairs]
    print(f"diffusers alone   median {statistics.median(p[0] for p in pairs):.2f} s")
    print(f"through Fabula    median {statistics.median(p[1] for p in pairs):.2f} s", end="")
    print(f", {pairs[0][2]} previews")
    print(f"ratio             median {statistics.median(ratios):.3f}, worst {max(ratios):.3f}")


if __name__ == "__main__":
    main()
