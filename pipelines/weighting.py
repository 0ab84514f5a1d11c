"""Prompts with weighted words, as embeddings made by compel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import compel
import torch
from compel.diffusers_textual_inversion_manager import DiffusersTextualInversionManager

from pipelines.prompts import Span, plain, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

WRAPPERS = {
    "sd1": compel.CompelForSD,
    "sd2": compel.CompelForSD,
    "sdxl": compel.CompelForSDXL,
}


def embed(
    pipe: Any, family_id: str, prompts: Sequence[str], negatives: Sequence[str], clip_skip: int = 0
) -> dict[str, Any]:
    """Arguments that take the place of `prompt` and `negative_prompt` in a call of `pipe`.

    Only for the families in WRAPPERS. Prompts longer than the text encoder's window are read in
    several windows. `clip_skip` leaves out that many of the encoder's last layers, for the
    prompts only.
    """
    # With model offload the encoder lies elsewhere than where it runs.
    device = str(pipe._execution_device)
    shortened = _encoders(pipe, family_id, device, clip_skip)
    whole = _encoders(pipe, family_id, device, 0)  # diffusers skips nothing for negative prompts
    count, columns = len(prompts), []
    with torch.no_grad():
        for for_prompts, for_negatives in zip(shortened, whole, strict=True):
            rows = [_encoded(for_prompts, text, device) for text in prompts]
            rows += [_encoded(for_negatives, text, device) for text in negatives]
            columns.append(torch.cat(for_negatives.pad_conditioning_tensors_to_same_length(rows)))
        embeds = torch.cat(columns, dim=-1)
        arguments = {"prompt_embeds": embeds[:count], "negative_prompt_embeds": embeds[count:]}
        if family_id == "sdxl":
            provider = whole[-1].conditioning_provider
            texts = [plain(text) for text in (*prompts, *negatives)]
            pooled = torch.cat([provider.get_pooled_embeddings([t], device=device) for t in texts])
            arguments["pooled_prompt_embeds"] = pooled[:count]
            arguments["negative_pooled_prompt_embeds"] = pooled[count:]
    if not any(negatives) and pipe.config.get("force_zeros_for_empty_prompt", False):
        # The pipeline itself then puts zeros there, as for a prompt without weights.
        return {key: value for key, value in arguments.items() if "negative" not in key}
    return arguments


def _encoders(pipe: Any, family_id: str, device: str, clip_skip: int) -> list[Any]:
    """A Compel for each text encoder of the pipeline."""
    wrapper = WRAPPERS[family_id](pipe, DiffusersTextualInversionManager(pipe), device)
    encoders = [wrapper.compel] if family_id != "sdxl" else [wrapper.compel_1, wrapper.compel_2]
    for encoder in encoders if clip_skip else ():
        provider = encoder.conditioning_provider
        provider.text_encoder = _Shortened(provider.text_encoder, clip_skip)
    return encoders


def _encoded(encoder: Any, text: str, device: str) -> torch.Tensor:
    """Text embeddings (1, tokens, width).

    compel's parser is passed by: it has a syntax of its own (`C++`, `a.swap(…)`), which cannot be
    escaped, and hands the text with that syntax to the pooled embedding.
    """
    weighted = [span for span in spans(text) if span.text.strip()] or [Span("", 1.0)]
    return encoder.conditioning_provider.get_embeddings_for_weighted_prompt_fragments(
        [[span.text for span in weighted]],
        [[max(span.weight, 0.0) for span in weighted]],
        device=device,
    )


class _Shortened:
    """A CLIP text encoder without its last layers, as diffusers' `clip_skip` has it."""

    def __init__(self, encoder: Any, skipped: int) -> None:
        self._encoder, self._skipped = encoder, skipped
        self.device, self.dtype = encoder.device, encoder.dtype

    def __call__(self, ids: Any, mask: Any = None, **_options: Any) -> Any:
        output = self._encoder(ids, mask, output_hidden_states=True, return_dict=True)
        output.hidden_states = output.hidden_states[: -self._skipped]
        if "last_hidden_state" in output:
            model = getattr(self._encoder, "text_model", self._encoder)
            output.last_hidden_state = model.final_layer_norm(output.hidden_states[-1])
        return output
