from __future__ import annotations

import numpy as np
from PIL import Image

from pipelines.style.guided import enlarge_styled


def noisy(width: int, height: int) -> Image.Image:
    values = np.random.default_rng(2).normal(128, 40, (height, width)).clip(0, 255)
    return Image.fromarray(values.astype(np.uint8)).convert("RGB")


def test_detail_of_the_original_comes_back() -> None:
    """A style that only makes the picture darker: what is lost in the small copy is found again."""
    original = noisy(240, 180)
    wanted = original.point([round(value * 0.6 + 20) for value in range(256)] * 3)
    small = wanted.resize((80, 60), Image.Resampling.BOX)
    told: list[tuple[int, int]] = []
    found = enlarge_styled(small, original, lambda *at: told.append(at))
    plain = small.resize(original.size, Image.Resampling.BICUBIC)

    def error(made: Image.Image) -> float:
        return float(np.abs(np.asarray(made).astype(int) - np.asarray(wanted)).mean())

    assert error(found) < 0.35 * error(plain)
    assert told[-1] == (180, 180)


def test_strokes_of_the_style_stay() -> None:
    """On a flat original there is nothing to guide by: the styled picture is enlarged as it is."""
    stripes: np.ndarray = np.zeros((60, 80, 3), np.uint8)
    stripes[::6] = 200
    small = Image.fromarray(stripes)
    found = enlarge_styled(small, Image.new("RGB", (240, 180), (90, 90, 90)), lambda *_at: None)
    plain = small.resize((240, 180), Image.Resampling.BICUBIC)
    assert np.abs(np.asarray(found).astype(int) - np.asarray(plain)).max() <= 2


def test_strips_of_rows_meet_without_a_seam() -> None:
    shade = np.linspace(0, 255, 600)[:, None].repeat(8, 1).astype(np.uint8)
    original = Image.fromarray(shade).convert("RGB")
    small = original.resize((4, 150), Image.Resampling.BOX)
    rows = np.asarray(enlarge_styled(small, original, lambda *_at: None)).astype(int)[:, 0, 0]
    assert np.abs(np.diff(rows)).max() <= 2
