"""What the panel is set to, and which piece of the canvas a job needs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize

from pipelines.edit_requests import InpaintRequest
from studio.document.bible.bible import Bible
from studio.document.bible.entry import Entry, EntryKind
from studio.panels.inpaint.requests import plan, request_for
from studio.panels.inpaint.starting import starting_state
from studio.panels.inpaint.state import InpaintState, with_mode, with_model
from tests.studio.panels.imagine.fakes import SDXL, STARTER

CANVAS, LAMP = QSize(4000, 4000), QRect(2000, 1000, 100, 1500)


def test_it_comes_back_as_it_was() -> None:
    state = InpaintState(mode="expand", prompt="sky", seed=7, context=12, strength=0.4, left=8)
    assert InpaintState.from_json(state.to_json()) == state


@pytest.mark.parametrize(
    "data", [{"mode": "burn"}, {"count": "three"}, {"seed": 1.5}, {"prompt": None}, {"more": 1}]
)
def test_what_is_not_known_is_as_at_first(data: dict[str, object]) -> None:
    assert InpaintState.from_json(data) == InpaintState()


def test_a_mode_has_its_own_strength() -> None:
    state = replace(InpaintState(), strength=0.2)
    assert with_mode(state, "refine").shown_strength == 0.35


def test_small_models_begin_with_remove_and_larger_ones_with_replace() -> None:
    assert starting_state(InpaintState(), [STARTER]).mode == "remove"
    begun = starting_state(InpaintState(), [STARTER, SDXL])
    assert (begun.mode, begun.model) == ("replace", SDXL.id)
    assert starting_state(begun, [STARTER]) == begun


@pytest.mark.parametrize("model", [None, SDXL])
def test_the_piece_is_around_the_mask_and_inside_the_canvas(model: object) -> None:
    state = InpaintState() if model else InpaintState(mode="remove")
    made = plan(state, SDXL if model else None, CANVAS, LAMP)
    assert made.piece == made.frame
    assert made.piece.contains(LAMP)
    assert made.piece.width() * made.piece.height() < 4000 * 4000 / 2
    assert made.drawn.isEmpty() == (model is None)


def test_expanding_to_one_side_needs_a_strip_only() -> None:
    state = InpaintState(mode="expand", left=256)
    made = plan(state, None, CANVAS, QRect())
    assert made.frame.left() == -256
    assert made.piece.left() == 0
    assert made.piece.height() == 4000
    assert made.piece.width() < 2000


def test_requests_say_what_is_set() -> None:
    state = with_model(InpaintState(prompt=" a wall ", seed=3, grow=5), SDXL)
    made = request_for(
        state, SDXL, QRect(10, 20, 30, 40), "p.png", "m.png", "canvas/a", "", Bible(())
    )
    assert (made.kind, made.x, made.y, made.seed) == ("inpaint", 10, 20, 3)
    assert getattr(made, "prompt", "") == "a wall"
    free = request_for(
        with_mode(state, "remove"), None, QRect(), "p.png", "m.png", "canvas/a", "", Bible(())
    )
    assert (free.kind, free.picture_source) == ("remove", "canvas/a")


def test_a_mention_is_filled_in_and_kept_as_it_was_typed() -> None:
    wall = Entry("1" * 12, EntryKind.PLACE, "Quay", prompt="wet brick wall", negative="people")
    state = InpaintState(mode="replace", prompt="@Quay, evening", seed=3)
    files = ("p.png", "m.png", "canvas/a", "")
    made = request_for(state, SDXL, QRect(0, 0, 9, 9), *files, Bible((wall,)))
    assert isinstance(made, InpaintRequest)
    assert (made.prompt, made.negative_prompt) == ("wet brick wall, evening", "people")
    assert made.typed_prompt == "@Quay, evening"
    assert [use.name for use in made.made_from] == ["Quay"]
