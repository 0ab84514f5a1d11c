"""A storyboard in time: what every edit list needs, counted in whole frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.document.storyboard.numbering import shot_labels
from studio.document.storyboard.timing import duration_of

if TYPE_CHECKING:
    from pathlib import Path

    from studio.document.storyboard.model import Scene, Shot, Storyboard

FPS = 24

HANDLE = 12
"""Frames of a still that are free before and after what is shown; half of a dissolve."""

Pictures = Mapping[str, "Path"]
"""The file of each picture that is there, by the hash of its asset."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A shot on the timeline: `start` and `length` count frames.

    `dissolve` is how many frames before and after its end it melts into the next, 0 for a cut.
    """

    shot: Shot
    scene: Scene
    label: str
    start: int
    length: int
    dissolve: int
    picture: Path | None


def cuts(board: Storyboard, pictures: Pictures) -> tuple[Cut, ...]:
    """All shots with their places; each is a frame long at least."""
    labels = shot_labels(board)
    timed = [
        (scene, shot, max(1, round(duration_of(shot) * FPS)))
        for scene in board.scenes
        for shot in scene.shots
    ]
    melts = [
        min(HANDLE, length // 2, following // 2) if shot.transition == "dissolve" else 0
        for (_, shot, length), (_, _, following) in pairwise(timed)
    ]
    result, start = [], 0
    for (scene, shot, length), dissolve in zip(timed, [*melts, 0], strict=False):
        picture = pictures.get(active_picture(shot))
        result.append(Cut(shot, scene, labels[shot.id], start, length, dissolve, picture))
        start += length
    return tuple(result)


def active_picture(shot: Shot) -> str:
    """The hash of the picture that stands for a shot, or ""."""
    versions = (frame.version for frame in shot.frames)
    return next((version.picture for version in versions if version and version.picture), "")


def timecode(frames: int) -> str:
    """Hours, minutes, seconds and frames at FPS, without drop frames."""
    seconds, frames = divmod(frames, FPS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}:{frames:02}"
