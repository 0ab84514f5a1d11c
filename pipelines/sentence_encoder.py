"""A sentence model: texts become vectors, and what means the same lies in the same direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from pipelines.api import PipelineError
from pipelines.hashes import file_sha256
from pipelines.headers import read_header
from pipelines.hooks import blocks_of, check_before_each

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 was trained on (`max_seq_length` in its sentence_bert_config.json)."""

_BATCH = 32
_WEIGHTS = "model.safetensors"


class SentenceEncoder:
    """Mean pooling over the tokens, then length 1, as all-MiniLM-L6-v2's card describes it.

    It stays on the processor: it is small, and takes nothing of the memory that pictures need.
    `key` names the model for a cache of its vectors, `dimensions` is how long they are.
    """

    def __init__(self, folder: Path, cache_file: Path | None = None) -> None:
        """Loads the model; `cache_file` remembers its sha256. Raises PipelineError."""
        try:
            read_header(folder / _WEIGHTS)
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModel.from_pretrained(
                folder, local_files_only=True, use_safetensors=True, dtype=torch.float32
            ).eval()
            self.key = file_sha256(folder / _WEIGHTS, cache_file)
        except (OSError, ValueError) as error:
            raise PipelineError(
                "not_a_model",
                f"The sentence model in {folder} cannot be loaded.",
                "Install all-minilm-l6-v2 of the starter set again.",
            ) from error
        self.dimensions: int = self._model.config.hidden_size

    def encode(self, texts: Sequence[str], check: Callable[[], None]) -> np.ndarray:
        """An array of a row for each text, float32 of length 1.

        `check` is called before every layer and may raise to end it.
        """
        rows: np.ndarray = np.zeros((len(texts), self.dimensions), np.float32)
        # Of like length together: a batch is as wide as its longest text.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        with torch.inference_mode(), check_before_each(blocks_of(self._model), check):
            for begin in range(0, len(order), _BATCH):
                check()
                chosen = order[begin : begin + _BATCH]
                rows[chosen] = self._vectors([texts[index] for index in chosen])
        return rows

    def _vectors(self, texts: list[str]) -> np.ndarray:
        tokens = self._tokenizer(
            texts, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt"
        )
        states = self._model(**tokens).last_hidden_state
        counted = tokens["attention_mask"].unsqueeze(-1).to(states.dtype)
        means = (states * counted).sum(1) / counted.sum(1).clamp(min=1)
        vectors: np.ndarray = torch.nn.functional.normalize(means).numpy()
        return vectors
