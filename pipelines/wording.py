"""The words of a request as a pipeline of diffusers takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines import prompts, weighting
from pipelines.token_count import CLIP_TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.model_ref import ModelRef

# In Qwen-Image `guidance_scale` is for distilled models only; this is what people call guidance.
_GUIDANCE = {"qwen-image": "true_cfg_scale"}


class Wording:
    """Says prompts the way `ref`'s family understands them, to its pipeline `pipe`.

    `note` is told, once and more often, what was done differently from what was asked.
    """

    def __init__(
        self, ref: ModelRef, pipe: Any, negative: str, clip_skip: int, note: Callable[[str], None]
    ) -> None:
        self._ref, self._family, self._pipe, self._note = ref, ref.family, pipe, note
        self._skip = clip_skip
        self.negative = negative.strip()
        if self.negative and not self._family.negative:
            note(f"{self._family.title} models take no negative prompt; it was left out.")
            self.negative = ""

    @property
    def guidance_name(self) -> str:
        """The argument that guidance goes by."""
        return _GUIDANCE.get(self._family.id, "guidance_scale")

    def arguments(self, words: Sequence[str]) -> dict[str, Any]:
        """What a call for these prompts has for words, plain or as embeddings."""
        weighted = any(prompts.is_weighted(text) for text in (*words, self.negative))
        # diffusers 0.42 itself cannot skip layers of SD 1's encoder as transformers 5 has it.
        if self._family.weighting and (weighted or self._skip):
            negatives = [self.negative] * len(words)
            return weighting.embed(self._pipe, self._family.id, words, negatives, self._skip)
        if weighted:
            title = self._family.title
            self._note(f"Weights in the prompt are not used with {title} models; its words are.")
        found: dict[str, Any] = {"prompt": [prompts.plain(text) for text in words]}
        if any(self._is_cut(text) for text in found["prompt"]):
            limit = self._ref.tokens
            self._note(f"Only the first {limit} tokens of the prompt count: it is longer.")
        # Without any negative prompt Qwen-Image leaves guidance out.
        negative = prompts.plain(self.negative) or (" " if self._family.id in _GUIDANCE else "")
        if negative:
            found["negative_prompt"] = [negative] * len(words)
        return found

    def _is_cut(self, text: str) -> bool:
        """Whether the model reads only the beginning; diffusers would tell nobody but the log."""
        limit = self._ref.tokens
        parts = self._pipe.components
        names = sorted(n for n in parts if n.startswith("tokenizer") and parts[n] is not None)
        # Of several text encoders the last is the one that reads more than CLIP.
        tokenizer = parts[names[-1 if limit > CLIP_TOKENS else 0]]
        return len(tokenizer(text)["input_ids"]) > limit
