"""A real BertModel with random weights, which has the layout of all-MiniLM-L6-v2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from transformers import BertConfig, BertModel, BertTokenizer

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("a", "castle", "lighthouse", "robot", "fox", "red", "blue", "at", "night", "the", "sea")
DIMENSIONS = 16


def build_sentence_model(folder: Path, seed: int = 0) -> Path:
    """A folder with weights, configuration and tokenizer; its vectors have 16 numbers."""
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    tokenizer = BertTokenizer(vocab={piece: number for number, piece in enumerate(pieces)})
    tokenizer.save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder)
    return folder
