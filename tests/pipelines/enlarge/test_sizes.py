from __future__ import annotations

import pytest

from pipelines.api import PipelineError
from pipelines.enhance_requests import EnlargeRequest
from pipelines.enlarge.sizes import final_size


@pytest.mark.parametrize(
    ("size", "change", "expected"),
    [
        ((10, 7), {"scale": 1.5}, (15, 10)),
        ((10, 7), {"width": 9, "height": 3}, (9, 3)),
        ((1, 1), {"scale": 0.1}, (1, 1)),
    ],
)
def test_final_sizes(
    size: tuple[int, int], change: dict[str, float], expected: tuple[int, int]
) -> None:
    assert final_size(size, EnlargeRequest((), "", **change)) == expected  # type: ignore[arg-type]


def test_too_large_a_result_is_refused_before_the_work() -> None:
    with pytest.raises(PipelineError, match=r"20,000 × 20,000") as caught:
        final_size((5000, 5000), EnlargeRequest((), ""))
    assert caught.value.code == "too_large"
