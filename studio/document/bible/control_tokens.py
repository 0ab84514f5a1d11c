"""Keeps texts of strangers from speaking to a language model in its own control tokens."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"""
    # ChatML, Llama 3, Phi, Qwen, DeepSeek, as <|im_start|>
    [<＜][|｜][^\s|｜<>＜＞]{1,64}[|｜][>＞]
    # Mistral, Llama 2
    | \[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|ARGS)\]
    | <</?SYS>>
    # sentence ends, Gemma, tools
    | </?(?:s|bos|eos|pad|unk|mask|cls|sep)>
    | </?(?:start|end)_of_(?:turn|image|audio)>
    | </?(?:tool_call|tool_response|tools|think|function_call)>
    """,
    re.VERBOSE | re.IGNORECASE,
)


def strip_control_tokens(text: str) -> str:
    """`text` with a space for each control token of the chat formats in use.

    The space keeps what stood around a token from becoming one. Whoever hands text to a model
    still tokenises it with special tokens disabled, where the model lets them.
    """
    return _CONTROL.sub(" ", text)
