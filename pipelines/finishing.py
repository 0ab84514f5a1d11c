"""How much of a changed picture counts: opacity, a mask, its colours; transparency is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from pipelines.api import PipelineError
from pipelines.pictures import open_rgb

if TYPE_CHECKING:
    from pathlib import Path

_OPAQUE = 255


def finish(
    original: Image.Image,
    made: Image.Image,
    *,
    opacity: float = 1.0,
    mask: Image.Image | None = None,
    keep_colours: bool = False,
) -> Image.Image:
    """`made`, RGB, as far as it is wanted, over `original`, RGB or RGBA of the same size.

    `opacity` 0 to 1; `mask`, L, is white where `made` counts: where it is black the original stays
    bit for bit. `keep_colours` takes the luminance of `made` and the colours of the original, in
    the Y'CbCr of JPEG (ITU-T T.871). Alpha and colour profile are the original's.
    """
    plain = original.convert("RGB")
    if keep_colours:
        luminance = made.convert("YCbCr").getchannel("Y")
        _, blue, red = plain.convert("YCbCr").split()
        made = Image.merge("YCbCr", (luminance, blue, red)).convert("RGB")
    cover = mask
    if opacity < 1:
        level = round(opacity * _OPAQUE)
        cover = (
            Image.new("L", made.size, level)
            if mask is None
            else mask.point([round(value * opacity) for value in range(_OPAQUE + 1)])
        )
    if cover is not None:
        made = Image.composite(made, plain, cover)
    if original.mode == "RGBA":
        made = made.copy()
        made.putalpha(original.getchannel("A"))
    if profile := original.info.get("icc_profile"):
        made.info["icc_profile"] = profile
    return made


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture, RGB or RGBA, resampled by Lanczos; colours under transparency stay."""
    profile = image.info.get("icc_profile")
    # Band by band: of an RGBA picture Pillow would lose the colours of what is transparent.
    bands = [band.resize(size, Image.Resampling.LANCZOS) for band in image.split()]
    larger = Image.merge(image.mode, bands)
    if profile:
        larger.info["icc_profile"] = profile
    return larger


def open_mask(path: Path, size: tuple[int, int]) -> Image.Image:
    """A mask for a picture of `size`, as L. Raises PipelineError `bad_picture` or `bad_mask`."""
    mask, _ = open_rgb(path)
    if mask.size != size:
        raise PipelineError(
            "bad_mask",
            f"The mask “{path.name}” has {mask.width:,} × {mask.height:,} pixels, the picture "
            f"{size[0]:,} × {size[1]:,}.",
            "Choose a mask of the picture's own size.",
        )
    return mask.convert("L")
