from __future__ import annotations

import pytest

from studio.document.dialogue.player import MOST_STEPS, Player
from studio.document.dialogue.story import Place, Story
from studio.document.dialogue.transcript import Ended, Event, Offered, Picked, Said
from tests.document.dialogue.stories import harbor, told


def _player(story: Story, **options: object) -> Player:
    return Player(story, Place(story.conversations[0].id, ""), **options)  # type: ignore[arg-type]


def _texts(player: Player, *picks: str) -> list[str]:
    """What is said, menus as lists, and the end, with picks by their text."""
    wanted, texts = list(picks), []
    while True:
        match player.advance():
            case Said(text=text):
                texts.append(text)
            case Offered() as menu:
                texts.append("|".join(offer.text for offer in menu.open))
                if not wanted:
                    return texts
                pick = wanted.pop(0)
                player.pick(next(each.choice for each in menu.open if each.text == pick))
            case Ended(reason=reason):
                return [*texts, reason]


def test_a_whole_play() -> None:
    assert _texts(_player(harbor()), "Ask about the lighthouse", "Offer to climb up") == [
        "You came back.",
        "I count 0 favours between us.",
        "Ask about the lighthouse|Leave",
        "It has been dark since the storm.",
        "Offer to climb up|Leave",
        "Rain on glass.",
        "The tide turns.",
        "end",
    ]


def test_hidden_choices_say_why() -> None:
    story = told(
        "var a: number = 1\n"
        "+ x [if a < 2 and (a > 5 or a == 7)]\n    end\n"
        "+ y [if not (a == 1)]\n    end\n+ z\n    end\n"
    )
    menu = _player(story).advance()
    assert isinstance(menu, Offered)
    assert [offer.hidden for offer in menu.offers] == ["a > 5 or a == 7", "not a == 1", ""]


def test_once_and_otherwise() -> None:
    story = told("== M\n* a\n    -> M\notherwise\n    Nothing left.\n    end\n")
    assert _texts(_player(story), "a") == ["a", "Nothing left.", "end"]


def test_calls_return_and_conversations_call_each_other() -> None:
    story = told("call Greet\nBehind.\nend\n\n== Greet\nHello.\ncall other/\nreturn\n")
    other = told("Other.\nreturn\n").conversations[0]
    from dataclasses import replace

    story = replace(story, conversations=(*story.conversations, replace(other, id="other")))
    assert _texts(_player(story)) == ["Hello.", "Other.", "Behind.", "end"]


@pytest.mark.parametrize(
    ("script", "end", "detail"),
    [
        ("== A\ncall A\n", "too long", "calls"),
        ("== A\n// loop\n-> A\n", "too long", f"{MOST_STEPS} steps"),
        ("Hm.\n", "loose end", "nothing"),
        ("jump Gone\n", "error", "c/Gone"),
        ("menu\n", "stuck", "menu"),
        ("var a: number = 0\nx {1 / a}\n", "error", "zero"),
        ("set b = 1\n", "error", "“b”"),
        ("return\n", "end", "return"),
        ("random\n", "loose end", "chance"),
    ],
)
def test_how_a_play_can_end(script: str, end: str, detail: str) -> None:
    player = _player(told(script))
    while not isinstance(event := player.advance(), Ended):
        pass
    assert event.reason == end
    assert detail in event.detail
    assert player.advance() == event


def test_chance_follows_the_seed_and_the_weights() -> None:
    story = told("random\n- 9\n    a\n    end\n-\n    b\n    end\n")
    plays = [_texts(_player(story, seed=seed))[0] for seed in range(200)]
    assert plays == [_texts(_player(story, seed=seed))[0] for seed in range(200)]
    assert 160 < plays.count("a") < 195


def test_stepping_back_gives_the_same_again() -> None:
    story = told(
        "var n: number = 0\n== M\nset n = n + 1\n"
        "random\n-\n    A {n}\n    -> P\n-\n    B {n}\n    -> P\n"
        "\n== P\n+ again\n    -> M\n"
    )
    player = _player(story, seed=3)
    first: list[Event] = []
    for _ in range(6):
        event = player.advance()
        first.append(event)
        if isinstance(event, Offered):
            first.append(player.pick(event.offers[0].choice))
    for _ in first:
        player.step_back()
    assert not player.can_step_back
    again: list[Event] = []
    while len(again) < len(first):
        event = player.advance()
        again.append(event)
        if isinstance(event, Offered):
            again.append(player.pick(event.offers[0].choice))
    assert again == first
    assert any(isinstance(event, Picked) for event in first)
    with pytest.raises(LookupError):
        _player(story).step_back()


def test_only_what_is_offered_can_be_picked() -> None:
    player = _player(harbor())
    with pytest.raises(LookupError):
        player.pick("c_none")
    with pytest.raises(LookupError):
        Player(harbor(), Place("harbor", "n_gone"))
