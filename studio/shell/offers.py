"""What the banner offers to do about a problem, by the problem's code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.actions import Actions
    from studio.widgets.way_buttons import Way

OFFERS = {
    "crashed": "imagine.smaller",
    "out_of_memory": "imagine.smaller",
    "library_unwritable": "window.preferences",
    "starter_missing": "models.install_starters",
}
"""Codes of `studio.errors.Problem` and the action that does what their hints say."""


def ways_out(code: str, actions: Actions) -> Sequence[Way]:
    """The action that helps with this code, if there is one that can be done now."""
    action_id = OFFERS.get(code, "")
    if not action_id or not actions.can_run(action_id):
        return ()
    return ((actions.text(action_id), partial(actions.trigger, action_id)),)
