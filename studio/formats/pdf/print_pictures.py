"""Pictures as pages need them: no larger than a printer shows."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from PIL import Image

from pipelines.api import PipelineError
from pipelines.pictures import open_rgb

if TYPE_CHECKING:
    from pathlib import Path

DOTS = 300
"""Pixels to an inch: what offset printing takes, and more than a screen shows."""

MOST_MEMORY = 400 * 2**20
"""Bytes of the pixels of all pictures together: Typst holds them until the pages are written."""

_QUALITY = 92  # of JPEG: no halos to be seen around drawn lines
_PAPER = (255, 255, 255)


def fitting_pixels(width: float, height: float, count: int) -> tuple[int, int]:
    """How large each of `count` pictures may be for a place of `width` by `height` millimetres.

    As DOTS say, or less where so many would need more than MOST_MEMORY.
    """
    wanted = width * height * (DOTS / 25.4) ** 2
    allowed = MOST_MEMORY / (3 * max(1, count))
    dots = DOTS * min(1.0, math.sqrt(allowed / wanted))
    return max(1, int(width / 25.4 * dots)), max(1, int(height / 25.4 * dots))


def print_picture(source: Path, largest: tuple[int, int]) -> bytes:
    """A JPEG that fits into `largest` pixels, on white where the picture is transparent.

    Typst takes its bytes over as they are: the pages are a tenth of what they are with PNG.
    Raises PipelineError("bad_picture") for a file that cannot be read as a picture.
    """
    try:
        picture, _ = open_rgb(source)
    except PipelineError as error:
        raise PipelineError(error.code, f"“{source.name}”: {error}", error.hint) from error
    picture.thumbnail(largest, Image.Resampling.LANCZOS)
    flat = Image.new("RGB", picture.size, _PAPER)
    flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    file = io.BytesIO()
    flat.save(file, "JPEG", quality=_QUALITY, icc_profile=picture.info.get("icc_profile"))
    return file.getvalue()
