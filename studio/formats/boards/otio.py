"""OpenTimelineIO: the timeline with all that is known of each shot.

Written as the JSON that it is: the library is larger than this whole package and would be needed
for nothing else. https://opentimelineio.readthedocs.io, file format specification.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from studio.document.documents import write_json_text
from studio.document.storyboard.timing import duration_of
from studio.formats.boards.timeline import FPS, HANDLE, Cut, Pictures, cuts

if TYPE_CHECKING:
    from studio.document.storyboard.model import Storyboard

METADATA = "fabula"
"""The member of each clip's metadata that holds the shot."""

_FIRST_HOUR = 3600 * FPS  # where programmes begin by custom


def board_as_otio(board: Storyboard, pictures: Pictures) -> str:
    """The text of an `.otio` file: a video track with a clip for each shot; missing pictures are
    missing references. Notes are markers too."""
    children: list[dict[str, Any]] = []
    for cut in cuts(board, pictures):
        children.append(_clip(cut))
        if cut.dissolve:
            children.append(
                {
                    "OTIO_SCHEMA": "Transition.1",
                    "name": "Dissolve",
                    "transition_type": "SMPTE_Dissolve",
                    "in_offset": _time(cut.dissolve),
                    "out_offset": _time(cut.dissolve),
                    "metadata": {},
                }
            )
    track = {
        "OTIO_SCHEMA": "Track.1",
        "name": "Storyboard",
        "kind": "Video",
        "children": children,
        "metadata": {},
    }
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": board.title,
        "global_start_time": _time(_FIRST_HOUR),
        "tracks": {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]},
        "metadata": {METADATA: {"aspect": board.aspect}},
    }
    return write_json_text(timeline, indent=2) + "\n"


def _clip(cut: Cut) -> dict[str, Any]:
    shot = cut.shot
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": cut.label,
        "source_range": _range(HANDLE, cut.length),
        "media_references": {"DEFAULT_MEDIA": _media(cut)},
        "active_media_reference_key": "DEFAULT_MEDIA",
        "markers": [
            {
                "OTIO_SCHEMA": "Marker.2",
                "name": shot.notes,
                "color": "YELLOW",
                "marked_range": _range(HANDLE, 1),
                "metadata": {},
            }
        ]
        * bool(shot.notes),
        "metadata": {
            METADATA: {
                "id": shot.id,
                "scene": cut.scene.heading,
                "size": shot.size,
                "angle": shot.angle,
                "lens": shot.lens,
                "movement": shot.movement,
                "transition": shot.transition,
                "duration": duration_of(shot),
                "action": shot.action,
                "dialogue": [asdict(speech) for speech in shot.dialogue],
                "notes": shot.notes,
                "custom": dict(shot.custom),
            }
        },
    }


def _media(cut: Cut) -> dict[str, Any]:
    # A still lasts as long as one likes; dissolves need some of it before and after.
    available = _range(0, cut.length + 2 * HANDLE)
    if cut.picture is None:
        return {"OTIO_SCHEMA": "MissingReference.1", "available_range": available}
    return {
        "OTIO_SCHEMA": "ExternalReference.1",
        "target_url": cut.picture.absolute().as_uri(),
        "available_range": available,
    }


def _time(frames: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(FPS), "value": float(frames)}


def _range(start: int, length: int) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(start),
        "duration": _time(length),
    }
