from __future__ import annotations

import pytest

from pipelines.edit_requests import PREFILLS, InpaintRequest
from pipelines.inpaint.modes import MODES, Treatment, treatment_of


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_sets_what_is_left_open(mode: str) -> None:
    treatment = treatment_of(InpaintRequest("m", "p", "m", mode=mode), 320)
    assert treatment.prefill == MODES[mode].prefill
    assert treatment.prefill in PREFILLS
    assert treatment.strength == MODES[mode].strength
    assert (treatment.grow, treatment.blur) == (20, 20)
    assert treatment.feather == round(20 * MODES[mode].feather)


def test_what_is_said_holds() -> None:
    request = InpaintRequest(
        "m", "p", "m", mode="remove", strength=0.0, prefill="noise", grow=0, blur=1, feather=2
    )
    assert treatment_of(request, 5000) == Treatment(0.0, "noise", 0, 1, 2)


def test_soft_edges_are_bounded() -> None:
    request = InpaintRequest("m", "p", "m")
    assert treatment_of(request, 1).grow == 4
    assert treatment_of(request, 9000).grow == 64
