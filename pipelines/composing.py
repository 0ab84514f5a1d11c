"""Lays a candidate on its picture. Pillow only: the window and the command line use it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from pipelines.edit_requests import Margins
from pipelines.pictures import DigitalSource, open_picture, save_picture

if TYPE_CHECKING:
    from pipelines.edit_requests import Patch


def compose(
    picture: Image.Image,
    patch: Image.Image,
    place: tuple[int, int],
    margins: Margins = Margins(),  # noqa: B008 - it is frozen
) -> Image.Image:
    """`picture`, RGB or RGBA, grown by `margins`, with `patch` (RGBA) on it at `place`.

    `place` is on the picture before it grew. Where the patch is transparent every pixel stays as
    it was, bit for bit; where it is not, the picture becomes as opaque as the patch. A colour
    profile stays. `picture` itself is left alone.
    """
    size = (
        margins.left + picture.width + margins.right,
        margins.top + picture.height + margins.bottom,
    )
    whole = Image.new(picture.mode, size)
    whole.info = dict(picture.info)
    whole.paste(picture, (margins.left, margins.top))
    alpha = patch.getchannel("A")
    opaque = patch.convert("RGB").convert(picture.mode)
    whole.paste(opaque, (place[0] + margins.left, place[1] + margins.top), alpha)
    return whole


def save_composed(picture: Image.Image, patch: Patch, margins: Margins, path: Path) -> None:
    """Writes `picture` with `patch` on it and all that is known of how it came about.

    Raises PipelineError as `open_picture` and `save_picture` do.
    """
    whole = compose(picture, open_picture(Path(patch.path)), (patch.x, patch.y), margins)
    save_picture(whole, path, patch.recipe, DigitalSource(patch.digital_source))
