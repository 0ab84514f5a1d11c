"""Pictures and masks of every kind people have, and those that cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipelines.api import PipelineError
from pipelines.edit_requests import Margins, RemoveRequest
from pipelines.inpaint.canvas import open_canvas
from tests.pipelines.inpaint.conftest import Workshop, colourful, laid_on, mask_of

SIZE, BOX = (48, 32), (10, 8, 20, 20)


@pytest.fixture
def opened(workshop: Workshop) -> Callable[..., RemoveRequest]:
    """A request for a picture and a mask, saved as files."""

    def save(picture: Image.Image, mask: Image.Image | None, name: str = "p.png") -> RemoveRequest:
        path = "" if mask is None else workshop.saved(mask, "mask.png")
        return RemoveRequest(workshop.saved(picture, name), path)

    return save


@pytest.mark.parametrize(
    ("mode", "note"),
    [("RGB", ""), ("RGBA", "laid on white"), ("L", ""), ("LA", "laid on white"),
     ("P", "palette"), ("1", ""), ("I;16", "16 bits"), ("CMYK", "CMYK")],
)  # fmt: skip
def test_every_kind_of_picture_is_converted_once_and_told(
    opened: Callable[..., RemoveRequest], workshop: Workshop, mode: str, note: str
) -> None:
    if mode == "I;16":
        grey = np.asarray(colourful(*SIZE).convert("L")).astype(np.uint16) * 257
        picture = Image.fromarray(grey)
    else:
        picture = colourful(*SIZE).convert(mode)
    request = opened(picture, mask_of(SIZE, BOX), "p.jpg" if mode == "CMYK" else "p.png")
    canvas = open_canvas(request)
    assert canvas.picture.mode in ("RGB", "RGBA")
    assert note in " ".join(canvas.notes)
    assert bool(canvas.notes) == bool(note)
    result = workshop.fill(request)
    assert result.notes == canvas.notes
    after = np.asarray(laid_on(canvas.picture, result.patches[0]))
    outside = np.asarray(mask_of(SIZE, BOX)) == 0
    assert (after[outside] == np.asarray(canvas.picture)[outside]).all()


def test_transparent_pixels_keep_the_colours_below(
    opened: Callable[..., RemoveRequest], workshop: Workshop
) -> None:
    picture = colourful(*SIZE)
    picture.putalpha(Image.linear_gradient("L").resize(SIZE))
    result = workshop.fill(opened(picture, mask_of(SIZE, BOX)))
    after = np.asarray(laid_on(picture, result.patches[0]))
    outside = np.asarray(mask_of(SIZE, BOX)) == 0
    assert (after[outside] == np.asarray(picture)[outside]).all()
    assert (after[~outside][:, 3] == 255).all()


def test_a_camera_s_picture_is_turned_and_its_mask_lies_on_it(
    opened: Callable[..., RemoveRequest],
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = colourful(*SIZE)
    request = opened(picture, mask_of((32, 48), (0, 0, 4, 4)))
    picture.save(request.picture, exif=exif)
    canvas = open_canvas(request)
    assert canvas.size == (32, 48)
    assert "turned upright" in canvas.notes[0]


@pytest.mark.parametrize("mode", ["L", "1", "RGB", "RGBA", "P", "I;16"])
def test_every_kind_of_mask(opened: Callable[..., RemoveRequest], mode: str) -> None:
    mask = mask_of(SIZE, BOX)
    if mode == "I;16":
        mask = Image.fromarray(np.asarray(mask).astype(np.uint16) * 257)
    canvas = open_canvas(opened(colourful(*SIZE), mask.convert(mode)))
    assert canvas.painted == BOX
    assert canvas.mask.tobytes() == mask_of(SIZE, BOX).tobytes()


def test_where_a_mask_is_transparent_nothing_is_painted(
    opened: Callable[..., RemoveRequest],
) -> None:
    mask = Image.new("RGBA", SIZE, (255, 255, 255, 0))
    mask.paste((255, 255, 255, 255), BOX)
    assert open_canvas(opened(colourful(*SIZE), mask)).painted == BOX


def test_margins_are_painted(workshop: Workshop) -> None:
    request = RemoveRequest(workshop.saved(colourful(*SIZE)), margins=Margins(left=5, bottom=3))
    canvas = open_canvas(request)
    assert (canvas.size, canvas.painted) == ((53, 35), (0, 0, 53, 35))
    colours, mask = canvas.crop((0, 30, 10, 35))
    assert mask.tolist() == [[255] * 5 + [0] * 5] * 2 + [[255] * 10] * 3
    assert (colours[:2, 5:] == np.asarray(canvas.picture)[30:, :5]).all()


@pytest.mark.parametrize(
    ("margins", "painted"),
    [
        (Margins(left=5), (0, 0, 5, 32)),
        (Margins(right=5), (48, 0, 53, 32)),
        (Margins(top=5), (0, 0, 48, 5)),
        (Margins(bottom=5), (0, 32, 48, 37)),
        (Margins(left=5, right=5), (0, 0, 58, 32)),
        (Margins(left=5, top=5), (0, 0, 53, 37)),
    ],
)
def test_one_margin_is_a_strip(
    workshop: Workshop, margins: Margins, painted: tuple[int, int, int, int]
) -> None:
    request = RemoveRequest(workshop.saved(colourful(*SIZE)), margins=margins)
    assert open_canvas(request).painted == painted


def failure_of(request: RemoveRequest) -> PipelineError:
    with pytest.raises(PipelineError) as failure:
        open_canvas(request)
    assert failure.value.hint
    return failure.value


def test_an_empty_mask(opened: Callable[..., RemoveRequest]) -> None:
    error = failure_of(opened(colourful(*SIZE), Image.new("L", SIZE)))
    assert (error.code, str(error)) == ("empty_mask", "Nothing is painted: the mask is empty.")


def test_a_mask_of_another_size(opened: Callable[..., RemoveRequest]) -> None:
    error = failure_of(opened(colourful(*SIZE), Image.new("L", (48, 33), 255)))
    assert error.code == "mask_size"
    assert str(error) == "The mask has 48 × 33 pixels, the picture 48 × 32."


@pytest.mark.parametrize("spoiled", ["picture", "mask"])
def test_a_damaged_file(opened: Callable[..., RemoveRequest], spoiled: str) -> None:
    request = opened(colourful(*SIZE), mask_of(SIZE, BOX))
    path = Path(getattr(request, spoiled))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    error = failure_of(request)
    assert error.code == "bad_picture"
    assert path.name in str(error)


def test_a_gigantic_picture_names_a_size_that_fits(opened: Callable[..., RemoveRequest]) -> None:
    request = opened(Image.new("1", (10_000, 10_000)), None)
    error = failure_of(request)
    assert "too large: 10,000 × 10,000" in str(error)
    assert "8,000 × 8,000 pixels still fit" in error.hint


def test_margins_that_make_it_gigantic(workshop: Workshop) -> None:
    request = RemoveRequest(workshop.saved(Image.new("L", (8000, 10))), margins=Margins(top=8000))
    assert failure_of(request).code == "picture_too_large"
