from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import prompts
from pipelines.prompts import Span


def test_lora_tags_are_taken_out_with_their_weights() -> None:
    assert prompts.split_loras("a fox, <lora:ink wash:0.8>, snow <lora:thin:-1><lora:soft>") == (
        "a fox, snow",
        (("ink wash", 0.8), ("thin", -1.0), ("soft", 1.0)),
    )


def test_a_prompt_without_tags_stays_letter_for_letter() -> None:
    text = "  a fox ,, <b> lora:x:1 "
    assert prompts.split_loras(text) == (text, ())


def test_alternatives_are_chosen_by_the_seed() -> None:
    text = "a {red|green|blue} {fox|owl}"
    chosen = {prompts.choose(text, seed) for seed in range(60)}
    assert chosen == {f"a {c} {a}" for c in ("red", "green", "blue") for a in ("fox", "owl")}
    assert prompts.choose(text, 7) == prompts.choose(text, 7)


def test_nested_alternatives() -> None:
    chosen = {prompts.choose("{a {b|c}|d}", seed) for seed in range(60)}
    assert chosen == {"a b", "a c", "d"}


def test_braces_without_a_bar_are_left_alone() -> None:
    assert prompts.choose("a {fox} and {", 3) == "a {fox} and {"


def test_wildcards_take_a_line_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "colours.txt").write_text("# warm\nred\n\n orange \n", encoding="utf-8")
    (tmp_path / "animals").mkdir()
    (tmp_path / "animals" / "all.txt").write_text("fox in __colours__", encoding="utf-8")
    lines = prompts.read_wildcards(tmp_path)
    chosen = {prompts.choose("a __animals/all__", seed, lines) for seed in range(40)}
    assert chosen == {"a fox in red", "a fox in orange"}
    assert prompts.choose("a __nothing__", 1, lines) == "a __nothing__"


def test_a_wildcard_cannot_read_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "in").mkdir()
    lines = prompts.read_wildcards(tmp_path / "in")
    assert list(lines("../secret")) == []


def test_a_wildcard_that_names_itself_ends() -> None:
    assert "__loop__" in prompts.choose("__loop__", 1, lambda _name: ["x __loop__"])


def test_wildcards_that_multiply_end() -> None:
    assert len(prompts.choose("__loop__", 1, lambda _name: ["x __loop__" * 100])) < 2_000_000


def test_a_wildcard_that_is_no_file_stays_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    lines = prompts.read_wildcards(tmp_path)
    for text in (f"__{'a' * 300}__", "__folder__", "__circle__"):
        assert prompts.choose(text, 1, lines) == text


@pytest.mark.parametrize(
    "text", ["{" * 5000 + "a|b" + "}" * 5000, "(a" * 10_000, "(a:" + "1" * 20_000 + "x)"]
)
def test_long_prompts_are_read_quickly(text: str) -> None:
    began = time.monotonic()
    prompts.choose(text, 1)
    prompts.spans(text)
    assert time.monotonic() - began < 1


def test_brackets_that_are_nested_too_deep_are_plain() -> None:
    (outer, middle) = prompts.spans("(" * 18 + "a" + ")" * 18)
    assert (outer.text, middle.text) == ("((a", "))")
    assert outer.weight == pytest.approx(1.1**16)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fox", [("a fox", 1.0)]),
        ("a (red:1.3) fox", [("a ", 1.0), ("red", 1.3), (" fox", 1.0)]),
        ("(red)", [("red", 1.1)]),
        ("((red))", [("red", 1.21)]),
        ("[red]", [("red", 1 / 1.1)]),
        ("(a (b:1.5) c:1.2)", [("a ", 1.2), ("b", 1.8), (" c", 1.2)]),
        (r"a \(real\) fox", [("a (real) fox", 1.0)]),
        ("(open fox", [("open fox", 1.1)]),
        ("shut) fox", [("shut) fox", 1.0)]),
        ("(time 12:30)", [("time 12", 30.0)]),
        ("(:1.2)", []),
        ("", []),
    ],
)
def test_weights(text: str, expected: list[tuple[str, float]]) -> None:
    found = prompts.spans(text)
    assert [span.text for span in found] == [words for words, _ in expected]
    assert [span.weight for span in found] == pytest.approx([weight for _, weight in expected])


def test_plain_words_and_whether_any_has_weight() -> None:
    assert prompts.plain("a (red:1.3) [fox]") == "a red fox"
    assert prompts.is_weighted("a (red:1.3) fox")
    assert not prompts.is_weighted(r"a \(red\) fox")


@given(st.text(alphabet="ab(): []\\{|}_.1", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for span in prompts.spans(text):
        assert isinstance(span, Span)
        assert span.text
    prompts.choose(text, 1)
    prompts.split_loras(text)
