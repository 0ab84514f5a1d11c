from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document.bible.control_tokens import strip_control_tokens

TOKENS = [
    *("<|im_start|>", "<|im_end|>", "<|eot_id|>", "<|endoftext|>", "<｜begin▁of▁sentence｜>"),
    *("[INST]", "[/INST]", "[inst]", "[TOOL_CALLS]", "<<SYS>>", "<</SYS>>", "<s>", "</s>", "<bos>"),
    *("<start_of_turn>", "<end_of_turn>", "<tool_call>", "</think>", "<|start_header_id|>"),
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_control_token_becomes_a_space(token: str) -> None:
    assert strip_control_tokens(f"the{token}key") == "the key"


@pytest.mark.parametrize("text", ["a < b | c > d", "[sic] <key>", "<3", "|x|", "<|not one|>", ""])
def test_other_brackets_stay(text: str) -> None:
    assert strip_control_tokens(text) == text


@given(st.lists(st.sampled_from([*TOKENS, "<|im_", "start|>", "[IN", "ST]", "<", "|>", "s", ">"])))
def test_no_token_is_left_or_made(pieces: list[str]) -> None:
    stripped = strip_control_tokens("".join(pieces))
    assert strip_control_tokens(stripped) == stripped
    assert not any(token in stripped for token in TOKENS)
