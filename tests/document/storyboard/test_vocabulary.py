"""Terms are found by any of their words."""

from __future__ import annotations

import pytest

from studio.document.storyboard.vocabulary import VOCABULARY, code_of, find_term


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("size", "close  UP", "CU"),
        ("size", "WS", "LS"),
        ("lens", "50mm", "50"),
        ("movement", "push in", "dolly in"),
        ("transition", "DISSOLVE TO:", "dissolve"),
        ("angle", " my own ", "my own"),
    ],
)
def test_words_become_codes(field: str, written: str, code: str) -> None:
    assert code_of(field, written) == code


def test_every_word_means_one_term() -> None:
    for field, terms in VOCABULARY.items():
        for term in terms:
            for word in (term.code, term.name, *term.aliases):
                assert find_term(field, word) is term, word
