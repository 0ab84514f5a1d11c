"""One run of a loaded model: calls diffusers batch by batch, watches it, hands out its pictures."""

from __future__ import annotations

import inspect
import traceback
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import torch

from pipelines import adapters, prompts
from pipelines.api import JobContext, PipelineError, TextToImageRequest
from pipelines.hooks import blocks_of, check_before_each
from pipelines.memory import is_out_of_memory
from pipelines.previews import Estimate, Factors, previews, watch
from pipelines.recipe import Recipe
from pipelines.schedulers import make_scheduler
from pipelines.schedulers_table import name_of
from pipelines.versions import library_versions
from pipelines.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PIL import Image

    from pipelines.models import LoadedModel

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Start:
    """What a drawing begins from: a pipeline of diffusers and its arguments beside the usual.

    `after_step` is called with the number of each step that is over, from 1, and of all of them.
    """

    pipe: Any
    arguments: Mapping[str, Any] = field(default_factory=dict)
    after_step: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which picture it is: its place in the request, its seed, its prompt as it was chosen."""

    index: int
    seed: int
    words: str


@dataclass(frozen=True, slots=True)
class _Batch:
    first: int
    seeds: tuple[int, ...]
    words: tuple[str, ...]


def usable_strength(strength: float, steps: int) -> float:
    """A strength that leaves at least one of `steps`: diffusers fails with none."""
    return min(1.0, max(strength, 1.000001 / steps))


class Drawing(Generic[Item]):
    """Draws `request` with `model`, beginning from `start`; sizes and steps in it are final.

    `notes` gathers sentences about what was done differently from what was asked; it begins with
    those given.
    """

    def __init__(
        self,
        model: LoadedModel,
        request: TextToImageRequest,
        ctx: JobContext,
        start: Start,
        notes: Iterable[str] = (),
    ) -> None:
        self._model, self._request, self._ctx, self._start = model, request, ctx, start
        self._ladder = model.ladder
        self._family = model.ref.family
        self._pipe = start.pipe
        self.notes: list[str] = [*notes]
        self._accepted = set(inspect.signature(self._pipe.__call__).parameters)
        self._wording = Wording(
            model.ref, self._pipe, request.negative_prompt, request.clip_skip, self._note
        )

    def run(self, keep: Callable[[Image.Image, Drawn], Item]) -> list[Item]:
        """What `keep` makes of each picture; it is called as soon as one is finished.

        Raises PipelineError("out_of_memory") when every way to need less was tried.
        """
        done: list[Item] = []
        with self._scheduler():
            while len(done) < self._request.count:
                batch = self._batch(len(done))
                try:
                    images = self._call(batch)
                except (RuntimeError, MemoryError) as error:
                    if not is_out_of_memory(error):
                        raise
                    # Its frames hold tensors, which would not be there for the next attempt.
                    traceback.clear_frames(error.__traceback__)
                    if not self._ladder.climb(
                        self._model.pipe, self._model.device, len(batch.seeds)
                    ):
                        raise PipelineError(
                            "out_of_memory",
                            "There is not enough memory for a picture of this size.",
                            "Choose a smaller size, or a smaller model.",
                        ) from error
                    continue
                for image, seed, words in zip(images, batch.seeds, batch.words, strict=True):
                    done.append(keep(image, Drawn(len(done), seed, words)))
        self.notes.extend(self._ladder.notes)
        return done

    # ---- what diffusers is called with

    def _batch(self, first: int) -> _Batch:
        size = 1 if self._ladder.one_at_a_time else self._request.batch_size
        indices = range(first, min(first + size, self._request.count))
        seeds = tuple((self._request.seed + index) % 2**32 for index in indices)
        folder = self._request.wildcards
        wildcards = prompts.read_wildcards(Path(folder)) if folder else prompts.no_wildcards
        words = tuple(prompts.choose(self._request.prompt, seed, wildcards) for seed in seeds)
        return _Batch(first, seeds, words)

    def _arguments(self, batch: _Batch) -> dict[str, Any]:
        request = self._request
        arguments = {
            **self._wording.arguments(batch.words),
            "num_inference_steps": request.steps,
            self._wording.guidance_name: request.guidance,
            "generator": [torch.Generator("cpu").manual_seed(seed) for seed in batch.seeds],
            "width": request.width,
            "height": request.height,
            "output_type": "pil",
            **self._start.arguments,
        }
        if request.clip_skip and self._family.clip_skip:
            arguments["clip_skip"] = request.clip_skip
        return {key: value for key, value in arguments.items() if key in self._accepted}

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    # ---- the call, and what is seen of it

    def _scheduler(self) -> ExitStack:
        """The scheduler asked for, in the pipeline until the context ends."""
        stack = ExitStack()
        own = self._model.own_scheduler
        if self._request.scheduler:
            self._pipe.scheduler = make_scheduler(
                self._request.scheduler, own.config, flow=self._family.flow
            )
            stack.callback(setattr, self._pipe, "scheduler", own)
        return stack

    def _call(self, batch: _Batch) -> list[Image.Image]:
        arguments = self._arguments(batch)
        modules = [m for m in self._pipe.components.values() if isinstance(m, torch.nn.Module)]
        blocks = [block for module in modules for block in blocks_of(module)]
        final = Estimate()
        with (
            watch(self._pipe.scheduler) as estimate,
            check_before_each(blocks, self._ctx.check),
        ):
            arguments |= self._callback(batch, estimate, final)
            try:
                images: list[Image.Image] = self._pipe(**arguments).images
            finally:
                # diffusers does this only when the call succeeds, and not for an image-to-image
                # sibling: the hooks are those of the pipeline that was placed.
                self._model.pipe.maybe_free_model_hooks()
        if self._model.how.previews and self._model.factors is None and final.latents is not None:
            self._model.factors = Factors.fit(final.latents, _as_tensor(images))
        return images

    def _callback(self, batch: _Batch, estimate: Estimate, final: Estimate) -> dict[str, Any]:
        count, size = self._request.count, len(batch.seeds)

        def on_step(step: int, latents: torch.Tensor) -> None:
            total = getattr(self._pipe, "num_timesteps", None) or self._request.steps
            done = batch.first * total + (step + 1) * size
            final.latents = self._unpacked(latents)
            if self._start.after_step is not None:
                self._start.after_step(step + 1, total)
            self._ctx.progress(
                min(done, total * count), total * count, f"Step {step + 1} of {total}",
                batch.first, count,
            )  # fmt: skip
            if self._model.how.previews:
                self._ctx.preview(lambda: self._previews(batch, estimate, latents))

        if "callback_on_step_end" in self._accepted:

            def on_step_end(
                _pipe: Any, step: int, _timestep: Any, values: dict[str, Any]
            ) -> dict[str, Any]:
                on_step(step, values["latents"])
                return values

            return {"callback_on_step_end": on_step_end}
        # PixArt and a few others still have the older form.
        return {"callback": lambda step, _t, latents: on_step(step, latents), "callback_steps": 1}

    def _previews(self, batch: _Batch, estimate: Estimate, latents: torch.Tensor) -> list[Any]:
        factors = self._model.factors
        if factors is None:
            return []
        clean = latents if estimate.latents is None else estimate.latents
        return previews(factors.apply(self._unpacked(clean)), batch.first)

    def _unpacked(self, latents: torch.Tensor) -> torch.Tensor:
        """Latents as (n, channels, h, w): FLUX and Qwen-Image keep them as rows of patches."""
        if latents.ndim == 3:
            height, width = self._request.height, self._request.width
            if hasattr(self._pipe, "_unpack_latents"):
                latents = self._pipe._unpack_latents(
                    latents, height, width, self._pipe.vae_scale_factor
                )
            else:  # FLUX.2: one row a patch
                rows = round((latents.shape[1] * height / width) ** 0.5)
                latents = latents.movedim(1, -1).unflatten(-1, (rows, -1))
        return latents[:, :, 0] if latents.ndim == 5 else latents  # a film of one frame

    # ---- the result

    def recipe(self, image: Image.Image, drawn: Drawn) -> Recipe:
        """What `image` was made of, but for the request and its strength."""
        request, model = self._request, self._model
        return Recipe(
            request={},
            prompt=drawn.words,
            negative_prompt=self._wording.negative,
            seed=drawn.seed,
            width=image.width,
            height=image.height,
            steps=request.steps,
            guidance=request.guidance,
            scheduler=request.scheduler or name_of(type(model.own_scheduler).__name__),
            model_name=model.ref.id,
            model_hash=model.weights_hash,
            family=self._family.id,
            clip_skip=request.clip_skip,
            vae=adapters.name_of(Path(request.vae)) if request.vae else "",
            loras=model.loras,
            device=model.device.title,
            dtype=str(model.dtype).removeprefix("torch."),
            notes=(*self.notes, *self._ladder.notes),
            versions=library_versions(),
        )


def _as_tensor(images: list[Image.Image]) -> torch.Tensor:
    """Pictures as (n, 3, h, w) in -1 to 1."""
    rows = [
        torch.frombuffer(bytearray(i.convert("RGB").tobytes()), dtype=torch.uint8) for i in images
    ]
    width, height = images[0].size
    return torch.stack(rows).view(-1, height, width, 3).movedim(-1, 1).float() / 127.5 - 1
