"""Small tokenizers made in code: each of their words is one token, anything else is spelt out."""

from __future__ import annotations

from typing import Any

from transformers import CLIPTokenizer, Qwen2Tokenizer, T5Tokenizer
from transformers.convert_slow_tokenizer import bytes_to_unicode

WORDS = ("a", "an", "the", "of", "on", "with", "red", "blue", "green", "castle", "robot", "fox")
SENTINEL = "<|startoftext|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def clip_tokenizer(pad: str = "<|endoftext|>", length: int = 77) -> Any:
    """Like CLIP's: bytes, bytes that end a word, the merges, then the two special tokens.

    `pad` is "<|endoftext|>" for Stable Diffusion 1 and "!" for the second encoder of XL.
    """
    letters = list(bytes_to_unicode().values())
    merges = _merges([(*word[:-1], f"{word[-1]}</w>") for word in WORDS])
    pieces = [*letters, *(f"{letter}</w>" for letter in letters), *map("".join, merges)]
    pieces += [SENTINEL, "<|endoftext|>"]
    return CLIPTokenizer(
        vocab={piece: number for number, piece in enumerate(pieces)},
        merges=merges,
        pad_token=pad,
        model_max_length=length,
    )


def t5_tokenizer(length: int = 512) -> Any:
    """Like T5's: a unigram model that prefers a whole word to its letters."""
    letters = sorted(set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:()'-"))
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -8.0)]
    pieces += [(letter, -8.0) for letter in letters] + [(f"▁{word}", -1.0) for word in WORDS]
    return T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=length)


def qwen_tokenizer(length: int = 1024) -> Any:
    """Like Qwen's: bytes, the merges, and the marks of a conversation."""
    letters = list(bytes_to_unicode().values())
    merges = _merges([("Ġ", *word) for word in WORDS])
    pieces = [*letters, *map("".join, merges), "<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    tokenizer = Qwen2Tokenizer(
        vocab={piece: number for number, piece in enumerate(pieces)},
        merges=merges,
        model_max_length=length,
        additional_special_tokens=["<|im_start|>", "<|im_end|>"],
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def _merges(words: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    """The merges that join each word from left to right, without repetitions."""
    found: dict[tuple[str, str], None] = {}
    for first, *rest in words:
        for piece in rest:
            found[first, piece] = None
            first += piece
    return list(found)
