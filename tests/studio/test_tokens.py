"""The contrast law of the tokens."""

from __future__ import annotations

import pytest

from studio import tokens
from studio.tokens import THEMES, Pair, contrast, pairs


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's table


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_keeps_the_law(theme: str) -> None:
    assert [pair for pair in pairs(theme) if pair.ratio < pair.needed] == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_law_speaks_of_every_token(theme: str) -> None:
    spoken_of = {name for pair in pairs(theme) for name in (pair.front, pair.back)}
    assert spoken_of == set(THEMES[theme]) - {"line"}


def test_a_weak_text_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = {**THEMES["dark"], "muted": "#4a4f58"}
    monkeypatch.setattr(tokens, "THEMES", {"dark": weak})
    failing = [pair for pair in pairs("dark") if pair.ratio < pair.needed]
    assert {pair.front for pair in failing} == {"muted"}
    assert all(isinstance(pair, Pair) for pair in failing)
