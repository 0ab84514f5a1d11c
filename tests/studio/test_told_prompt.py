from __future__ import annotations

from dataclasses import replace

from pipelines.api import EntryUse, TextToImageRequest
from studio.document.bible.bible import Bible
from studio.document.bible.entry import EntryKind
from studio.document.bible.fingerprint import fingerprint, made_from, read_made_from
from studio.told_prompt import Typed, mentioned, retyped, tell, uses_of_request
from tests.document.bible.entries import bible, entry

MARA = entry("Mara", prompt="red hair, @[Coat]", negative="hat")
COAT = entry("Coat", prompt="oilskin coat")
TOM = entry("Old Tom", prompt="grey beard", aliases=("Tom",))
INK = entry("Ink wash", kind=EntryKind.LOOK, prompt="ink on paper")
ALL = bible(MARA, COAT, TOM, INK)


def request(typed: Typed, entries: Bible = ALL) -> TextToImageRequest:
    told = tell(typed, entries)
    expansion = told.expansion
    return TextToImageRequest("m", expansion.prompt, expansion.negative, **told.signature)


def test_what_mentions_nothing_is_told_as_typed_and_leaves_no_trace() -> None:
    assert request(Typed("a castle", "blur")) == TextToImageRequest("m", "a castle", "blur")
    assert retyped(request(Typed("a castle")), ALL) is None


def test_a_request_says_what_was_typed_and_which_entries_it_is_made_from() -> None:
    made = request(Typed("@Mara waits", "blur"))
    assert (made.prompt, made.negative_prompt) == ("red hair, oilskin coat waits", "blur, hat")
    assert (made.typed_prompt, made.typed_negative_prompt) == ("@Mara waits", "blur")
    assert [use.entry for use in made.made_from] == ["mara", "coat"]
    assert made.made_from[0].fingerprint == fingerprint(MARA)
    # In the shape of the bible's own.
    assert uses_of_request(made) == read_made_from(made_from([MARA, COAT]))


def test_looks_stand_at_the_end_and_left_out_entries_are_their_names() -> None:
    told = tell(Typed("@Mara, ", looks=("ink_wash", "gone"), left_out=("mara",)), ALL)
    assert told.expansion.prompt == "Mara, ink on paper"
    assert [use.name for use in told.made_from] == ["Ink wash"]
    mentioned_too = Typed("@Ink wash, a door", looks=("ink_wash",))
    assert tell(mentioned_too, ALL).expansion.prompt == "ink on paper, a door"
    assert tell(Typed("", looks=("ink_wash",)), ALL).expansion.prompt == "ink on paper"


def test_mentioned_are_what_is_typed_and_added_but_not_what_fragments_mention() -> None:
    typed = Typed("@Tom and @Mara and @Tom", "@Coat", looks=("ink_wash", "gone"))
    assert mentioned(typed, ALL) == ("old_tom", "mara", "coat", "ink_wash")


def test_what_was_typed_comes_back() -> None:
    for typed in (
        Typed("@Mara and @[Old Tom]", "@Coat"),
        Typed("@Mara and @Tom", looks=("ink_wash",)),
        Typed("@Mara and @Tom", left_out=("mara",)),
        Typed("@Mara and @Tom", left_out=("coat",)),
        Typed("", looks=("ink_wash",)),
    ):
        assert retyped(request(typed), ALL) == typed


def test_it_comes_back_with_the_names_of_today() -> None:
    made = request(Typed("@Mara waits"))
    today = Bible((replace(MARA, name="Mia Lind"), COAT))
    assert retyped(made, today) == Typed("@Mia Lind waits")


def test_without_an_entry_of_it_nothing_comes_back() -> None:
    assert retyped(request(Typed("@Mara waits")), bible(MARA)) is None
    stranger = TextToImageRequest("m", "p", made_from=(EntryUse("mara", "00"), EntryUse("x", "1")))
    assert retyped(stranger, ALL) is None
