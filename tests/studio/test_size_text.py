"""How large files are, in words."""

from __future__ import annotations

import pytest

from studio.size_text import size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "1 KB"), (4_200, "4 KB"), (286_000_000, "286 MB"), (6_938_000_000, "6.9 GB")],
)
def test_sizes_are_short(size: int, text: str) -> None:
    assert size_text(size) == text
