"""What is done to a storyboard: each function takes a board and gives another one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from studio.document.errors import ProjectError
from studio.document.storyboard.model import Scene, Shot, Storyboard, new_id


def map_scenes(board: Storyboard, change: Callable[[Scene], Scene]) -> Storyboard:
    """The board with every scene as `change` gives it."""
    return replace(
        board,
        sequences=tuple(
            replace(sequence, scenes=tuple(map(change, sequence.scenes)))
            for sequence in board.sequences
        ),
    )


def replace_shot(board: Storyboard, shot: Shot) -> Storyboard:
    """The board with this one in place of the shot of its id."""
    place_of(board, shot.id)
    return _splice(board, {shot.id: (shot,)})


def insert_shots(
    board: Storyboard, scene_id: str, place: int, shots: Collection[Shot]
) -> Storyboard:
    """With `shots` in a scene, before the one at `place`; past its end they are its last."""
    _scene(board, scene_id)

    def change(scene: Scene) -> Scene:
        if scene.id != scene_id:
            return scene
        return replace(scene, shots=(*scene.shots[:place], *shots, *scene.shots[place:]))

    return map_scenes(board, change)


def move_shots(board: Storyboard, ids: Collection[str], scene_id: str, place: int) -> Storyboard:
    """With these shots together in one scene, in their order, before the one that is at `place`."""
    moved = [shot for shot in board.shots if shot.id in ids]
    before = sum(shot.id in ids for shot in _scene(board, scene_id).shots[:place])
    return insert_shots(_splice(board, _without(ids)), scene_id, place - before, moved)


def delete_shots(board: Storyboard, ids: Collection[str]) -> Storyboard:
    """Without these; their scenes stay."""
    return _splice(board, _without(ids))


def duplicate_shots(board: Storyboard, ids: Collection[str]) -> Storyboard:
    """With a copy behind each of these: new ids, and an automatic label."""
    copies: dict[str, tuple[Shot, ...]] = {
        shot.id: (shot, _copy(shot)) for shot in board.shots if shot.id in ids
    }
    return _splice(board, copies)


def split_shot(board: Storyboard, shot_id: str, action_at: int, dialogue_at: int) -> Storyboard:
    """A shot as two: the second gets the action from a character on and the speeches from one on.

    The camera stays the same; the label, the pictures and the duration stay with the first, the
    transition goes with the second.
    """
    shot = find_shot(board, shot_id)
    first = replace(
        shot,
        action=shot.action[:action_at].rstrip(),
        dialogue=shot.dialogue[:dialogue_at],
        transition="",
    )
    second = replace(
        shot,
        id=new_id(),
        label="",
        action=shot.action[action_at:].lstrip(),
        dialogue=shot.dialogue[dialogue_at:],
        notes="",
        duration=None,
        frames=(),
    )
    return _splice(board, {shot_id: (first, second)})


def merge_shots(board: Storyboard, ids: Collection[str]) -> Storyboard:
    """Neighbours of one scene as one: the first's camera and label, all texts and all frames.

    The durations add up if all have one. Raises ProjectError("not_neighbours") for other shots.
    """
    scenes = [scene for scene in board.scenes if any(shot.id in ids for shot in scene.shots)]
    first_scene = scenes[0].shots if scenes else ()
    places = [place for place, shot in enumerate(first_scene) if shot.id in ids]
    shots = first_scene[places[0] : places[-1] + 1] if places else ()
    if len(scenes) > 1 or len(shots) < 2 or len(places) != len(shots):
        raise ProjectError(
            "not_neighbours",
            "Only shots that follow each other in one scene can be merged.",
            "Select neighbours.",
        )
    durations = [shot.duration for shot in shots if shot.duration is not None]
    first, *others = shots
    custom: dict[str, str] = {}
    for shot in reversed(shots):
        custom |= shot.custom
    merged = replace(
        first,
        action=_paragraphs(shot.action for shot in shots),
        notes=_paragraphs(shot.notes for shot in shots),
        dialogue=tuple(speech for shot in shots for speech in shot.dialogue),
        duration=sum(durations) if len(durations) == len(shots) else None,
        transition=shots[-1].transition,
        frames=tuple(frame for shot in shots for frame in shot.frames),
        custom=custom,
    )
    gone: dict[str, tuple[Shot, ...]] = {shot.id: () for shot in others}
    return _splice(board, {first.id: (merged,), **gone})


def find_shot(board: Storyboard, shot_id: str) -> Shot:
    """The shot of that id. Raises LookupError."""
    scene, place = place_of(board, shot_id)
    return scene.shots[place]


def place_of(board: Storyboard, shot_id: str) -> tuple[Scene, int]:
    """The scene of a shot and its place there, from 0. Raises LookupError."""
    for scene in board.scenes:
        for place, shot in enumerate(scene.shots):
            if shot.id == shot_id:
                return scene, place
    raise LookupError(f"the storyboard has no shot {shot_id}")


def _without(ids: Iterable[str]) -> dict[str, tuple[Shot, ...]]:
    return dict.fromkeys(ids, ())


def _scene(board: Storyboard, scene_id: str) -> Scene:
    scene = next((scene for scene in board.scenes if scene.id == scene_id), None)
    if scene is None:
        raise LookupError(f"the storyboard has no scene {scene_id}")
    return scene


def _splice(board: Storyboard, instead: dict[str, tuple[Shot, ...]]) -> Storyboard:
    """With other shots, or none, where one of these ids was; other scenes stay the same values."""

    def change(scene: Scene) -> Scene:
        if not any(shot.id in instead for shot in scene.shots):
            return scene
        shots = (new for shot in scene.shots for new in instead.get(shot.id, (shot,)))
        return replace(scene, shots=tuple(shots))

    return map_scenes(board, change)


def _copy(shot: Shot) -> Shot:
    frames = tuple(replace(frame, id=new_id()) for frame in shot.frames)
    return replace(shot, id=new_id(), label="", frames=frames)


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
