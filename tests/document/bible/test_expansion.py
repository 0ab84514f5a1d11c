from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.prompts import Span, spans
from studio.document.bible.entry import LoraUse
from studio.document.bible.expansion import MAX_DEPTH, UsedEntry, balanced, expand
from tests.document.bible.entries import bible, entry

COAT = LoraUse("~/coat.safetensors", 0.8)
BIBLE = bible(
    entry("Mara", aliases=("Captain",), prompt="a woman in a blue coat", negative="hat", seed=7),
    entry("Old Tom", prompt="an old man", negative="Hat", loras=(COAT,), seed=9),
    entry("Harbour"),
    entry("Tom (the elder)"),
)


def test_the_first_mention_is_the_fragment_and_later_ones_the_name() -> None:
    expansion = expand("@Mara on a pier, @Mara's coat, @captain", "", BIBLE)
    assert expansion.prompt == "a woman in a blue coat on a pier, Mara's coat, captain"
    assert expansion.negative == "hat"
    assert expansion.used == (UsedEntry("mara", "Mara", "a woman in a blue coat"),)
    assert expansion.seed == 7


def test_without_mentions_nothing_changes() -> None:
    text = "(a pier:1.2), [fog] <lora:x:1> {a|b} Mara"
    assert expand(text, "blur", BIBLE) == expand(text, "blur", bible())
    assert expand(text, "blur", BIBLE).prompt == text


def test_an_entry_without_a_fragment_is_its_name() -> None:
    expansion = expand("@Harbour", "", BIBLE)
    assert expansion.prompt == "Harbour"
    assert expansion.used == (UsedEntry("harbour", "Harbour", ""),)


def test_weights_around_a_mention_stay() -> None:
    assert spans(expand("(@Mara:1.2), sea", "", BIBLE).prompt) == (
        Span("a woman in a blue coat", 1.2),
        Span(", sea", 1.0),
    )
    assert spans(expand("(@[Tom (the elder)]:1.5)", "", BIBLE).prompt) == (
        Span("Tom (the elder)", 1.5),
    )


def test_negatives_are_appended_once() -> None:
    assert expand("@Mara, @Old Tom, @Mara", "blur, ", BIBLE).negative == "blur, hat"
    assert expand("@Mara", "HAT", BIBLE).negative == "HAT"


def test_loras_and_seed_are_offered() -> None:
    made = bible(
        entry("A", loras=(COAT, LoraUse("b")), order=1),
        entry("B", loras=(LoraUse(COAT.path, 0.1), LoraUse("c")), seed=0, order=2),
    )
    expansion = expand("@A @B", "", made)
    assert expansion.loras == (COAT, LoraUse("b"), LoraUse("c"))
    assert expansion.seed == 0


def test_what_is_left_out_is_its_name_and_brings_nothing() -> None:
    expansion = expand("@Mara and @Old Tom", "", BIBLE, left_out={"old_tom"})
    assert expansion.prompt == "a woman in a blue coat and Old Tom"
    assert [used.entry_id for used in expansion.used] == ["mara"]
    assert (expansion.negative, expansion.loras) == ("hat", ())


def test_a_mention_in_the_negative_prompt_brings_its_fragment_only() -> None:
    expansion = expand("a pier", "@Old Tom", BIBLE)
    assert expansion.negative == "an old man"
    assert [used.entry_id for used in expansion.used] == ["old_tom"]
    assert (expansion.loras, expansion.seed) == ((), None)


def test_fragments_may_mention_entries_even_each_other() -> None:
    made = bible(entry("A", prompt="a with @B"), entry("B", prompt="b with @A"))
    assert expand("@A", "", made).prompt == "a with b with A"
    assert [used.entry_id for used in expand("@A", "", made).used] == ["a", "b"]


def test_fragments_lead_on_to_a_depth() -> None:
    made = bible(*(entry(f"E{n}", prompt=f"{n} @E{n + 1}") for n in range(2000)))
    assert expand("@E0", "", made).prompt == f"0 1 2 3 4 5 6 7 E{MAX_DEPTH}"


def test_origins_say_what_came_from_which_entry() -> None:
    made = bible(entry("A", prompt="red @B", negative="blur"), entry("B", prompt="blue"))
    expansion = expand("x @A, @A y", "grey", made)
    assert [
        (expansion.prompt[origin.start : origin.end], origin.entry_id)
        for origin in expansion.prompt_origins
    ] == [("red ", "a"), ("blue", "b"), ("A", "a")]
    assert [
        (expansion.negative[origin.start : origin.end], origin.entry_id)
        for origin in expansion.negative_origins
    ] == [("blur", "a")]


def test_unknown_names_stay_and_are_told() -> None:
    expansion = expand(r"@Nobody \@Mara", "@[The Cat] @Nobody", BIBLE)
    assert expansion.prompt == "@Nobody @Mara"
    assert expansion.negative == "@[The Cat] @Nobody"
    assert expansion.unknown == ("Nobody", "The Cat")


@pytest.mark.parametrize(
    ("fragment", "result"),
    [
        ("(a:1.2), [b]", "(a:1.2), [b]"),
        ("smiling :)", r"smiling :\)"),
        ("a (b", r"a \(b"),
        ("(a]", r"\(a\]"),
        (r"\(a", r"\(a"),
        (r"(\)", r"\(\)"),
    ],
)
def test_brackets_without_a_partner_are_escaped(fragment: str, result: str) -> None:
    assert balanced(fragment) == result


@given(st.text("()[]\\:1a"))
def test_no_fragment_touches_what_stands_around_it(fragment: str) -> None:
    made = bible(entry("A", prompt=fragment))
    around = spans(expand("(@A:1.5), after", "", made).prompt + " ")
    if not fragment.strip().endswith("\\"):
        assert around[-1].weight == 1.0
        assert around[-1].text.endswith(", after ")
