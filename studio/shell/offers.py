"""What the banner offers to do about a problem, by the problem's code."""

from __future__ import annotations

OFFERS = {
    "crashed": "imagine.smaller",
    "out_of_memory": "imagine.smaller",
    "library_unwritable": "window.preferences",
}
"""Codes of `studio.errors.Problem` and the action that does what their hints say."""
