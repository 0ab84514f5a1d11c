"""What can be done with the queue."""

from __future__ import annotations

from studio.action_spec import ActionSpec
from studio.translation import QT_TRANSLATE_NOOP

JOBS_ACTIONS = (
    ActionSpec(
        "jobs.pause",
        QT_TRANSLATE_NOOP("Actions", "Pause or go on"),
        "Picture",
        "Ctrl+Shift+P",
        "pause",
        section=3,
    ),
    ActionSpec(
        "jobs.cancel",
        QT_TRANSLATE_NOOP("Actions", "Cancel the running job"),
        "Picture",
        "Ctrl+.",
        "x",
        section=3,
    ),
    ActionSpec(
        "jobs.queue",
        QT_TRANSLATE_NOOP("Actions", "Show the queue"),
        "Picture",
        "Ctrl+Shift+Q",
        "queue",
        section=3,
    ),
    ActionSpec(
        "jobs.pause_queue",
        QT_TRANSLATE_NOOP("Actions", "Pause or resume the queue"),
        "Picture",
        "",
        "pause-circle",
        section=3,
        tip=QT_TRANSLATE_NOOP("Actions", "What runs goes on, what waits does not begin"),
    ),
    ActionSpec(
        "jobs.stop_after",
        QT_TRANSLATE_NOOP("Actions", "Stop after the running job"),
        "Picture",
        "",
        "stop-circle",
        section=3,
    ),
)
