"""The mask in latent space: soft edges, and pixels that join in at different steps."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


class LatentMask:
    """Lets a pipeline of diffusers keep what lies outside a mask as softly as the mask says.

    After each step every pipeline blends `latents·mask + original·(1 − mask)`, the original with
    the noise of that step; as they are, they make the mask black and white first. `pipe` is a
    sibling made for one drawing: it keeps what is changed here.

    With `differential` a pixel is the original until the share of steps that are over reaches what
    its mask lacks of 1: E. Levin, O. Fried, “Differential Diffusion: Giving Each Pixel Its
    Strength”, arXiv 2306.00950, section 3.
    """

    def __init__(self, pipe: Any, *, differential: bool) -> None:
        self._differential = differential
        self._mask: torch.Tensor | None = None
        self._soft: torch.Tensor | None = None
        pipe.mask_processor.register_to_config(do_binarize=False)
        original = pipe.prepare_mask_latents

        @functools.wraps(original)
        def prepare(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            # Most hand out the masked picture's latents as well.
            self._mask = result[0] if isinstance(result, tuple) else result
            self._soft = self._mask.clone()
            self.after_step(0, 1)
            return result

        pipe.prepare_mask_latents = prepare

    def after_step(self, step: int, total: int) -> None:
        """Sets the mask for the step after `step` of `total`, in the loop's own tensor."""
        if not self._differential or self._mask is None or self._soft is None:
            return
        threshold = 1.0 - step / total - 1e-3  # what is nearly 1 is 1
        self._mask.copy_(self._soft >= threshold)
