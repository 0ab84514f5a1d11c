from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.inpaint.region import drawn_size, plan_region, whole_region

sides = st.integers(1, 9000)


@st.composite
def painted_canvases(draw: st.DrawFn) -> tuple[tuple[int, int, int, int], tuple[int, int]]:
    width, height = draw(sides), draw(sides)
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    return (left, top, right, bottom), (width, height)


@settings(max_examples=200)
@given(painted_canvases(), st.sampled_from([(64, 8), (512, 8), (1024, 16), (1024, 32)]))
def test_holds_what_is_painted_and_lies_on_the_canvas(
    case: tuple[tuple[int, int, int, int], tuple[int, int]], model: tuple[int, int]
) -> None:
    painted, canvas = case
    side, multiple = model
    region = plan_region(painted, canvas, side, multiple)
    left, top, right, bottom = region.box
    assert 0 <= left <= painted[0]
    assert painted[2] <= right <= canvas[0]
    assert 0 <= top <= painted[1]
    assert painted[3] <= bottom <= canvas[1]
    assert region.width % multiple == region.height % multiple == 0
    assert side**2 * 0.6 <= region.width * region.height <= side**2 * 1.3


def test_what_fits_the_model_is_not_resized() -> None:
    region = plan_region((2000, 1000, 2220, 1200), (4000, 3000), 512, 8)
    left, top, right, bottom = region.box
    assert (right - left, bottom - top) == (region.width, region.height) == (512, 512)
    assert (left + right, top + bottom) == (2 * 2110, 2 * 1100)


def test_something_small_is_drawn_larger() -> None:
    left, top, right, bottom = plan_region((100, 100, 120, 110), (4000, 3000), 512, 8).box
    assert (right - left, bottom - top) == (256, 256)


def test_the_region_does_not_depend_on_the_canvas() -> None:
    small = plan_region((244, 244, 756, 756), (1000, 1000), 512, 8, 64)
    large = plan_region((3744, 3744, 4256, 4256), (8000, 8000), 512, 8, 64)
    assert (small.width, small.height) == (large.width, large.height)
    assert small.box[2] - small.box[0] == large.box[2] - large.box[0]


def test_context_is_as_wide_as_it_is_asked_for() -> None:
    box = plan_region((1000, 1000, 2000, 2000), (4000, 4000), 512, 8, 123).box
    assert box == (877, 877, 2123, 2123)


def test_nothing_is_squeezed_where_there_is_room() -> None:
    region = plan_region((1000, 1000, 1300, 2000), (4000, 4000), 512, 8)
    left, top, right, bottom = region.box
    scale_x, scale_y = region.width / (right - left), region.height / (bottom - top)
    assert abs(scale_x / scale_y - 1) < 0.005


def test_the_whole_canvas() -> None:
    region = whole_region((4000, 2000), 512, 8)
    assert region.box == (0, 0, 4000, 2000)
    assert (region.width, region.height) == (728, 360)


def test_a_strip_is_squeezed() -> None:
    assert drawn_size(10, 4000, 512, 8) == (256, 1024)
