from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipelines.composing import compose
from pipelines.edit_requests import Margins


def noise(width: int, height: int, mode: str, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    return Image.fromarray(random.integers(0, 256, (height, width, len(mode)), dtype=np.uint8))


@settings(max_examples=40)
@given(
    st.sampled_from(["RGB", "RGBA"]),
    st.tuples(st.integers(-3, 9), st.integers(-3, 9)),
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
)
def test_where_the_patch_is_transparent_nothing_changes(
    mode: str, place: tuple[int, int], sides: tuple[int, int, int, int]
) -> None:
    picture, patch = noise(10, 8, mode, 1), noise(4, 3, "RGBA", 2)
    patch.putalpha(patch.getchannel("A").point(lambda value: value if value > 127 else 0))
    margins = Margins(*sides)
    before = picture.tobytes()
    whole = compose(picture, patch, place, margins)
    assert picture.tobytes() == before
    plain = compose(picture, Image.new("RGBA", (1, 1)), (0, 0), margins)
    covered = Image.new("L", whole.size)
    covered.paste(patch.getchannel("A"), (place[0] + margins.left, place[1] + margins.top))
    untouched = np.asarray(covered) == 0
    assert (np.asarray(whole)[untouched] == np.asarray(plain)[untouched]).all()
    inner = (margins.left, margins.top, margins.left + 10, margins.top + 8)
    assert plain.crop(inner).tobytes() == before


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_an_opaque_patch_replaces(mode: str) -> None:
    picture = noise(10, 8, mode, 1)
    whole = compose(picture, Image.new("RGBA", (2, 2), (1, 2, 3, 255)), (4, 5))
    assert whole.getpixel((5, 6)) == ((1, 2, 3) if mode == "RGB" else (1, 2, 3, 255))


def test_the_colour_profile_stays() -> None:
    picture = noise(4, 4, "RGB", 1)
    picture.info["icc_profile"] = b"profile"
    assert compose(picture, noise(2, 2, "RGBA", 2), (0, 0)).info["icc_profile"] == b"profile"
