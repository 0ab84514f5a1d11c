"""What a mask of 512 × 512 pixels costs on a small and on a large canvas: it should be the same.

Files are read before the clock starts: the larger one has 64 times the pixels. The model is the
starter; everything from the opened canvas to the saved patch counts.
Run: OMP_NUM_THREADS=1 python benchmarks/inpaint_region.py
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from PIL import Image

from pipelines import environment
from pipelines.assets import assets_folder
from pipelines.edit_requests import InpaintRequest
from pipelines.inpaint.canvas import open_canvas
from pipelines.inpaint.pipeline import Inpaint
from tests.scripted_context import ScriptedContext

MODEL = assets_folder() / "models" / "starter-icons"
MASK, SMALL, LARGE = 512, 1_000, 8_000  # pixels a side
ROUNDS = 5


def main() -> None:
    environment.harden()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inpaint = Inpaint()
        canvases = {}
        for side in (SMALL, LARGE):
            request = request_on(side, folder)
            canvases[side] = request, open_canvas(request)
        inpaint.load(request, lambda _message: None)
        seconds: dict[int, list[float]] = {SMALL: [], LARGE: []}
        for number in range(ROUNDS + 1):
            for side, (request, canvas) in canvases.items():
                context = ScriptedContext(folder / f"{side}-{number}")
                context.folder.mkdir()
                began = time.perf_counter()
                inpaint.draw(request, canvas, context)
                if number:  # the first only warms up
                    seconds[side].append(time.perf_counter() - began)
    small, large = (statistics.median(seconds[side]) for side in (SMALL, LARGE))
    print(
        f"a mask of {MASK}² on {SMALL:,}²: {small:.3f} s, on {LARGE:,}²: {large:.3f} s, "
        f"ratio {large / small:.3f} (medians of {ROUNDS})"
    )


def request_on(side: int, folder: Path) -> InpaintRequest:
    """A mask in the middle of a grey canvas of that side."""
    picture, mask = folder / f"picture-{side}.png", folder / f"mask-{side}.png"
    Image.new("RGB", (side, side), (90, 110, 130)).save(picture, compress_level=1)
    painted = Image.new("L", (side, side))
    start = (side - MASK) // 2
    painted.paste(255, (start, start, start + MASK, start + MASK))
    painted.save(mask, compress_level=1)
    return InpaintRequest(
        str(MODEL), str(picture), str(mask), prompt="fox", steps=10, guidance=3.0, context=128
    )


if __name__ == "__main__":
    main()
