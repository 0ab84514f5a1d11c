"""Brings a storyboard up to a changed script: what is drawn stays, nothing goes unasked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from collections.abc import Sequence as Items
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from studio.document.bible.words import WordKind, fold_name, words
from studio.document.storyboard.model import Scene, Sequence, Shot, Storyboard

LEAST_LIKENESS = 0.5
"""Share of words that two texts must have in common to be the same scene or shot."""

T = TypeVar("T", Scene, Shot)


@dataclass(frozen=True, slots=True)
class Conformed:
    """A board after its script has changed; all others are ids of scenes and shots.

    `changed` say something else than before, `moved` stand in another order among those that
    stayed or in another scene. `removed` are not in the script any more: they are still in
    `board`, behind what they stood behind, until a person lets them go.
    """

    board: Storyboard
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def conform(board: Storyboard, script: Storyboard) -> Conformed:
    """`board` with the order and the texts of `script`, a board that was read from one.

    Scenes are the same by their ids, else by heading and likeness, else by likeness alone; shots
    within them too. What the camera does, pictures, durations, labels and notes stay.
    """
    old_scenes, new_scenes = tuple(board.scenes), tuple(script.scenes)
    pairs = _match(old_scenes, new_scenes, lambda scene: fold_name(scene.heading), _scene_text)
    ledger = _Ledger()
    merged: dict[str, Scene] = {}
    for new in new_scenes:
        old = pairs.get(new.id)
        merged[new.id] = ledger.scene(old, new) if old else new
        if old is None:
            ledger.added += [new.id, *(shot.id for shot in new.shots)]
    kept = {scene.id for scene in pairs.values()}
    ledger.removed += [scene.id for scene in old_scenes if scene.id not in kept]
    ledger.note_moves(
        [scene.id for scene in old_scenes], [merged[scene.id].id for scene in new_scenes]
    )
    sequences = tuple(
        replace(sequence, scenes=tuple(merged[scene.id] for scene in new.scenes))
        for sequence, new in zip(_same_sequences(board, script), script.sequences, strict=True)
    )
    result = replace(board, title=script.title or board.title, sequences=sequences)
    result = _with_removed(result, old_scenes, kept)
    return Conformed(
        result,
        tuple(ledger.added),
        tuple(ledger.changed),
        tuple(ledger.moved),
        tuple(ledger.removed),
    )


def _same_sequences(board: Storyboard, script: Storyboard) -> list[Sequence]:
    """For each sequence of the script the board's of its id or title, or else itself."""
    free = list(board.sequences)
    result = []
    for new in script.sequences:
        same = next((old for old in free if old.id == new.id), None) or next(
            (old for old in free if fold_name(old.title) == fold_name(new.title)), None
        )
        if same is not None:
            free.remove(same)
        result.append(replace(same, title=new.title) if same else new)
    return result


class _Ledger:
    """What has happened, while it happens."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.changed: list[str] = []
        self.moved: list[str] = []
        self.removed: list[str] = []

    def scene(self, old: Scene, new: Scene) -> Scene:
        merged = replace(
            old,
            heading=new.heading,
            number=new.number,
            synopsis=new.synopsis or old.synopsis,
            shots=self._shots(old.shots, new.shots),
        )
        if (old.heading, old.number, old.synopsis) != (
            merged.heading,
            merged.number,
            merged.synopsis,
        ):
            self.changed.append(old.id)
        return merged

    def _shots(self, old: tuple[Shot, ...], new: tuple[Shot, ...]) -> tuple[Shot, ...]:
        if _texts(old) == _texts(new) and not {s.id for s in old} & {s.id for s in new}:
            return old  # somebody has cut the same text into other shots
        pairs = _match(old, new, lambda _shot: "", _shot_text)
        shots = []
        for shot in new:
            before = pairs.get(shot.id)
            if before is None:
                self.added.append(shot.id)
                shots.append(shot)
                continue
            after = _merged_shot(before, shot)
            if after != before:
                self.changed.append(before.id)
            shots.append(after)
        kept = {shot.id for shot in pairs.values()}
        # Of a shot in which nothing happens and nobody speaks no script tells.
        self.removed += [s.id for s in old if s.id not in kept and _texts((s,))]
        self.note_moves([shot.id for shot in old], [shot.id for shot in shots])
        return tuple(_put_back(shots, old, kept))

    def note_moves(self, before: Items[str], after: Items[str]) -> None:
        """The fewest that had to move: all but the longest run that kept its order."""
        places = {id_: place for place, id_ in enumerate(before)}
        stayed = [id_ for id_ in after if id_ in places]
        still = set(_longest_rising([places[id_] for id_ in stayed]))
        self.moved += [id_ for id_ in stayed if places[id_] not in still]


def _merged_shot(old: Shot, new: Shot) -> Shot:
    """What the script says of a shot; where it says nothing of the camera, the board knows."""
    return replace(
        old,
        action=new.action,
        dialogue=new.dialogue,
        size=new.size or old.size,
        angle=new.angle or old.angle,
        lens=new.lens or old.lens,
        movement=new.movement or old.movement,
        transition=new.transition or old.transition,
        duration=old.duration if new.duration is None else new.duration,
        label=new.label or old.label,
        notes=new.notes or old.notes,
        custom={**old.custom, **new.custom},
    )


def _match(
    old: Items[T], new: Items[T], name: Callable[[T], str], text: Callable[[T], str]
) -> dict[str, T]:
    """The old one for each new one's id that has one; every old one at most once."""
    by_id = {each.id: each for each in old}
    pairs = {each.id: by_id[each.id] for each in new if each.id in by_id}
    taken = set(pairs)
    bags = {id(each): _bag(text(each)) for each in chain(old, new)}
    candidates = []
    for place, one in enumerate(new):
        for other_place, other in enumerate(old):
            if one.id in pairs or other.id in taken:
                continue
            likeness = _likeness(bags[id(one)], bags[id(other)])
            named = bool(name(one)) and name(one) == name(other)
            if named or likeness >= LEAST_LIKENESS:
                distance = abs(place - other_place)
                candidates.append((not named, -likeness, distance, place, other_place))
    for *_rank, place, other_place in sorted(candidates):
        one, other = new[place], old[other_place]
        if one.id not in pairs and other.id not in taken:
            pairs[one.id] = other
            taken.add(other.id)
    return pairs


def _bag(text: str) -> frozenset[str]:
    kinds = (WordKind.WORD, WordKind.SIGN, WordKind.SYLLABLE)
    return frozenset(word.folded for word in words(text) if word.kind in kinds)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard index of two sets of words, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _scene_text(scene: Scene) -> str:
    return "\n".join((scene.heading, *map(_shot_text, scene.shots)))


def _shot_text(shot: Shot) -> str:
    said = (f"{speech.speaker} {speech.text}" for speech in shot.dialogue)
    return "\n".join((shot.action, *said))


def _texts(shots: Iterable[Shot]) -> list[str]:
    return [word.folded for shot in shots for word in words(_shot_text(shot)) if _says(word.kind)]


def _says(kind: WordKind) -> bool:
    return kind not in (WordKind.SPACE, WordKind.MARK)


def _put_back(now: Items[T], before: Items[T], kept: set[str]) -> list[T]:
    """`now` with those of `before` that are not in `kept`, each behind what it stood behind."""
    result = list(now)
    for place, each in enumerate(before):
        if each.id not in kept:
            ids = [other.id for other in result]
            previous = before[place - 1].id if place else ""
            result.insert(ids.index(previous) + 1 if previous in ids else 0, each)
    return result


def _with_removed(board: Storyboard, before: Items[Scene], kept: set[str]) -> Storyboard:
    """Scenes that the script has lost, each behind the one that it stood behind."""
    sequences = board.sequences
    for place, scene in enumerate(before):
        if scene.id in kept:
            continue
        previous = before[place - 1].id if place else ""
        owner = next(
            (s for s in sequences if previous in {each.id for each in s.scenes}),
            sequences[0],
        )
        ids = [each.id for each in owner.scenes]
        at = ids.index(previous) + 1 if previous in ids else 0
        scenes = (*owner.scenes[:at], scene, *owner.scenes[at:])
        sequences = tuple(replace(s, scenes=scenes) if s is owner else s for s in sequences)
    return replace(board, sequences=sequences)


def _longest_rising(numbers: Items[int]) -> list[int]:
    """A longest subsequence of different numbers that rises, by patience sorting."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        places[at : at + 1] = [place]
    result = []
    place = places[-1] if places else -1
    while place >= 0:
        result.append(numbers[place])
        place = before[place]
    return result
