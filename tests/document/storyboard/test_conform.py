"""A board follows its script and loses nothing."""

from __future__ import annotations

from dataclasses import replace

from studio.document.storyboard.conform import Conformed, conform
from studio.document.storyboard.model import Scene, Sequence, Shot, Storyboard
from studio.document.storyboard.operations import find_shot, map_scenes
from tests.document.storyboard.boards import harbour


def anonymous(board: Storyboard) -> Storyboard:
    """As it is read from a script without ids, which knows no pictures and no camera."""

    def strip(scene: Scene) -> Scene:
        shots = tuple(
            Shot(f"new-{shot.id}", action=shot.action, dialogue=shot.dialogue)
            for shot in scene.shots
            if shot.action or shot.dialogue
        )
        return Scene(f"new-{scene.id}", scene.heading, scene.number, scene.synopsis, shots)

    return map_scenes(board, strip)


def test_the_same_script_changes_nothing() -> None:
    assert conform(harbour(), anonymous(harbour())) == Conformed(harbour())
    assert conform(harbour(), harbour()) == Conformed(harbour())


def test_texts_change_and_boards_stay() -> None:
    script = anonymous(harbour())

    def edit(scene: Scene) -> Scene:
        shots = tuple(replace(s, action=s.action.replace("walks", "stumbles")) for s in scene.shots)
        return replace(scene, shots=shots)

    result = conform(harbour(), map_scenes(script, edit))
    assert (result.changed, result.added, result.removed) == (("d",), (), ())
    shot = find_shot(result.board, "d")
    assert shot.action == "The visitor stumbles along the edge."
    assert shot.frames == find_shot(harbour(), "d").frames


def test_moves_are_as_few_as_possible() -> None:
    script = anonymous(harbour())
    one, two, three = script.scenes
    turned = replace(script, sequences=(Sequence("x", "Act", (three, one, two)),))
    result = conform(harbour(), turned)
    assert result.moved == ("three",)
    assert [scene.id for scene in result.board.scenes] == ["three", "one", "two"]


def test_what_the_script_lost_is_kept_and_named() -> None:
    script = anonymous(harbour())
    one, _two, three = script.scenes
    new = Scene("fresh", "INT. CELLAR", shots=(Shot("z", action="Dark."),))
    shorter = replace(one, shots=one.shots[:1])
    changed = replace(script, sequences=(Sequence("x", "Act", (shorter, new, three)),))
    result = conform(harbour(), changed)
    assert result.added == ("fresh", "z")
    assert set(result.removed) == {"two", "b"}
    assert {shot.id for shot in harbour().shots} <= {shot.id for shot in result.board.shots}
    assert [scene.id for scene in result.board.scenes] == ["one", "two", "fresh", "three"]
    assert [shot.id for shot in next(result.board.scenes).shots] == ["a", "b", "c"]


def test_a_script_without_scenes_removes_nothing() -> None:
    result = conform(harbour(), Storyboard("x", sequences=(Sequence("s"),)))
    assert [scene.id for scene in result.board.scenes] == ["one", "two", "three"]
    assert set(result.removed) == {"one", "two", "three"}


def test_a_heading_is_found_by_likeness() -> None:
    script = anonymous(harbour())
    renamed = map_scenes(
        script,
        lambda s: replace(s, heading="EXT. HIGH CLIFF - DUSK") if s.number else s,
    )
    result = conform(harbour(), renamed)
    assert result.changed == ("two",)
    assert result.removed == ()
