from __future__ import annotations

from studio.widgets.mentions import MentionChoice, begun_mention, matching

MARA = MentionChoice(
    "m", "Mara", "Character", "user", others=("Mara Lind", "the keeper's daughter")
)
TOM = MentionChoice("t", "Old Tom", "Character", "user", others=("Tom Pell",))
TOWER = MentionChoice("l", "Lighthouse", "Place", "map-pin", others=("the tower",))
ALL = (MARA, TOM, TOWER)


def found(typed: str) -> list[tuple[str, str]]:
    return [(match.choice.key, match.other) for match in matching(ALL, typed, 9)]


def test_a_mention_begins_with_an_at_where_no_word_goes_before() -> None:
    assert begun_mention("the @Ma") == (4, "Ma")
    assert begun_mention("@") == (0, "")
    assert begun_mention("@[Old T") == (0, "Old T")
    assert begun_mention("mara@home") is None
    assert begun_mention("\\@Ma") is None
    assert begun_mention("@[Old Tom] sits") is None
    assert begun_mention("@Ma\nnext") is None


def test_choices_are_found_by_the_beginnings_of_words_of_all_their_names() -> None:
    assert found("") == [("m", ""), ("t", ""), ("l", "")]
    assert found("MA") == [("m", "")]
    # The name first, then names with it as a later word, then other names.
    assert found("to") == [("t", ""), ("l", "the tower")]
    assert found("the") == [("m", "the keeper's daughter"), ("l", "the tower")]
    assert found("ara") == []


def test_no_more_than_asked_for() -> None:
    assert len(matching(ALL, "", 2)) == 2
