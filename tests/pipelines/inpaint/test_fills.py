"""Everything that fills a hole without a model: smooth values, prefills, pieces, their detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipelines.edit_requests import PREFILLS
from pipelines.inpaint import exemplar
from pipelines.inpaint.colour_match import colour_matched
from pipelines.inpaint.detail import with_detail
from pipelines.inpaint.exemplar import exemplar_fill
from pipelines.inpaint.prefill import prefilled
from pipelines.inpaint.pull_push import pull_push
from tests.pipelines.inpaint.conftest import colourful

if TYPE_CHECKING:
    from pipelines.inpaint.arrays import Colours, Flags, Floats, Shares


def square_hole(height: int, width: int) -> Flags:
    hole: Flags = np.zeros((height, width), bool)
    hole[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3] = True
    return hole


def stripes(height: int, width: int, period: int = 8) -> Colours:
    row = (np.arange(width) % period < period // 2) * 160 + 40
    striped: Colours = np.broadcast_to(row[None, :, None], (height, width, 3)).astype(np.uint8)
    return striped.copy()


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (33, 64), (50, 31)])
def test_one_colour_is_continued(size: tuple[int, int]) -> None:
    values: Floats = np.full((*size, 3), 90.0, np.float32)
    known: Shares = np.zeros(size, np.float32)
    known[0, 0] = 1
    values[known == 0] = 7  # means nothing
    assert np.allclose(pull_push(values, known), 90, atol=0.01)


def test_known_values_stay_and_unknown_lie_between() -> None:
    values: Floats = np.zeros((40, 40, 3), np.float32)
    values[:, 20:] = 200
    known: Shares = (~square_hole(40, 40)).astype(np.float32)
    filled = pull_push(values, known)
    assert (filled[known == 1] == values[known == 1]).all()
    assert 0 <= filled.min() <= filled.max() <= 200
    assert filled[20, 14, 0] < filled[20, 20, 0] < filled[20, 25, 0]


def test_nothing_known_gives_nothing() -> None:
    assert not pull_push(np.ones((9, 5, 3), np.float32), np.zeros((9, 5), np.float32)).any()


@pytest.mark.parametrize("kind", PREFILLS)
@pytest.mark.parametrize("size", [(1, 1), (5, 90), (60, 47)])
def test_a_prefill_changes_the_hole_only(kind: str, size: tuple[int, int]) -> None:
    picture = np.asarray(colourful(size[1], size[0]))
    holes: list[Flags] = [square_hole(*size), np.ones(size, bool), np.zeros(size, bool)]
    for hole in holes:
        filled = prefilled(picture, hole, kind, 3)
        assert filled.dtype == np.uint8
        assert (filled[~hole] == picture[~hole]).all()
        if kind == "original":
            assert (filled == picture).all()
        elif kind in ("neutral", "blurred", "edge") and hole.all():
            assert (filled == 127).all()


def test_prefills_continue_what_is_around() -> None:
    picture: Colours = np.zeros((60, 60, 3), np.uint8)
    picture[:, 30:] = 200
    hole = square_hole(60, 60)
    for kind in ("blurred", "edge", "exemplar"):
        filled = prefilled(picture, hole, kind, 0)
        assert filled[30, 21].mean() < 60, kind
        assert filled[30, 38].mean() > 140, kind
    noise = prefilled(picture, hole, "noise", 0)
    assert noise[hole].std() > 40
    assert (noise == prefilled(picture, hole, "noise", 0)).all()
    assert (noise != prefilled(picture, hole, "noise", 1)).any()


def test_pieces_of_the_surroundings_continue_a_pattern() -> None:
    picture, hole = stripes(90, 96), square_hole(90, 96)
    spoiled = picture.copy()
    spoiled[hole] = (255, 0, 0)
    filled = exemplar_fill(spoiled, hole, 1)
    assert (filled[~hole] == picture[~hole]).all()
    smooth = pull_push(picture, (~hole).astype(np.float32))
    assert abs(filled.astype(int) - picture).mean() < 0.5 * abs(smooth - picture).mean()
    assert (filled == exemplar_fill(spoiled, hole, 1)).all()


def test_another_seed_gives_another_fill() -> None:
    picture, hole = np.asarray(colourful(80, 80)), square_hole(80, 80)
    assert (exemplar_fill(picture, hole, 1) != exemplar_fill(picture, hole, 2)).any()


def test_a_large_fill_is_as_sharp_as_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    picture = (stripes(240, 240, 48) * 0.6 + random.integers(0, 90, (240, 240, 1))).astype(np.uint8)
    hole = square_hole(240, 240)
    monkeypatch.setattr(exemplar, "MAX_PIXELS", 120 * 120)
    filled = exemplar_fill(picture, hole, 1)
    assert (filled[~hole] == picture[~hole]).all()

    def grain(part: np.ndarray) -> float:
        return float(abs(np.diff(part[..., 0].astype(int), axis=0)).mean())

    assert grain(filled[90:150, 90:150]) > 0.5 * grain(picture[10:70, 90:150])


def test_detail_is_taken_from_what_looks_alike() -> None:
    coarse: Colours = np.zeros((60, 60, 3), np.uint8)
    coarse[:, :30], coarse[:, 30:] = 60, 180
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    rough = large.copy()
    rough[:, :60][::2] += 40  # the dark half has lines
    hole, coarse_hole = square_hole(120, 120), square_hole(60, 60)
    spoiled = rough.copy()
    spoiled[hole] = 0
    found = with_detail(spoiled, hole, coarse + np.uint8(20) * (coarse == 60), coarse_hole)
    lines = abs(np.diff(found[60:64, :, 0].astype(int), axis=0)).mean(axis=0)
    assert lines[44:54].mean() > 15
    assert lines[66:76].mean() < 5


def test_colours_meet_those_around() -> None:
    picture = np.asarray(colourful(96, 96))
    drawn = np.clip(picture + np.array([12, -9, 5]), 0, 255).astype(np.uint8)
    free: Shares = square_hole(96, 96).astype(np.float32)
    inner = np.s_[24:72, 24:72]
    assert abs(colour_matched(drawn, picture, free)[inner].astype(int) - picture[inner]).mean() < 2


def test_a_motif_is_no_shift_of_colours() -> None:
    picture: Colours = np.zeros((64, 64, 3), np.uint8)
    drawn = np.full_like(picture, 200)
    matched = colour_matched(drawn, picture, square_hole(64, 64).astype(np.float32))
    assert matched.min() >= 160
    everywhere: Shares = np.ones((64, 64), np.float32)
    assert (colour_matched(drawn, picture, everywhere) == drawn).all()
