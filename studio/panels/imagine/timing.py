"""How long a batch will take, told from what batches took before."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from studio.panels.imagine.state import TIMINGS_LIMIT, ImagineState, Timing


def measured(state: ImagineState, timing: Timing) -> ImagineState:
    """Puts `timing` in place of the last one with the same model, size and steps."""
    others = tuple(old for old in state.timings if _key(old) != _key(timing))
    return replace(state, timings=(timing, *others)[:TIMINGS_LIMIT])


def seconds_for(state: ImagineState) -> float | None:
    """Seconds for the whole batch; None where this model was never timed at this size.

    Other steps at the same size are taken in proportion.
    """
    known = [
        old
        for old in state.timings
        if (old.model, old.width, old.height) == (state.model, state.width, state.height)
    ]
    if not known:
        return None
    nearest = min(known, key=lambda old: abs(old.steps - state.steps))
    return nearest.seconds * state.steps / nearest.steps * state.count


def duration(seconds: float) -> str:
    """ "4 s", "2 min" or "1 h 20 min": one or two figures, never less than a second."""
    whole = max(1, round(seconds))
    if whole < 100:
        return QCoreApplication.translate("Duration", "{n} s").format(n=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return QCoreApplication.translate("Duration", "{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    return QCoreApplication.translate("Duration", "{h} h {n} min").format(h=hours, n=rest)


def _key(timing: Timing) -> tuple[str, int, int, int]:
    return timing.model, timing.width, timing.height, timing.steps
