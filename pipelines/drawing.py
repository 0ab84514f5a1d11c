"""One run of a loaded model: calls diffusers batch by batch, watches it, saves what it draws."""

from __future__ import annotations

import inspect
import traceback
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from PIL import Image, ImageOps

from pipelines import adapters, codec, prompts, weighting
from pipelines.api import JobContext, Picture, PipelineError, TextToImageRequest
from pipelines.hooks import blocks_of, check_before_each
from pipelines.memory import is_out_of_memory
from pipelines.pictures import DigitalSource, open_rgb, save_picture
from pipelines.portable import portable
from pipelines.previews import Estimate, Factors, previews, watch
from pipelines.recipe import Recipe
from pipelines.schedulers import make_scheduler
from pipelines.schedulers_table import name_of
from pipelines.token_count import CLIP_TOKENS
from pipelines.versions import library_versions

if TYPE_CHECKING:
    from pipelines.models import LoadedModel

# In Qwen-Image `guidance_scale` is for distilled models only; this is what people call guidance.
_GUIDANCE = {"qwen-image": "true_cfg_scale"}


@dataclass(frozen=True, slots=True)
class _Batch:
    first: int
    seeds: tuple[int, ...]
    words: tuple[str, ...]


class Drawing:
    """Draws `request` with `model`; sizes and steps in the request are final.

    `notes` gathers sentences about what was done differently from what was asked.
    """

    def __init__(self, model: LoadedModel, request: TextToImageRequest, ctx: JobContext) -> None:
        self._model, self._request, self._ctx = model, request, ctx
        self._ladder = model.ladder
        self._family = model.ref.family
        self._pipe = model.pipe
        self._start: Image.Image | None = None
        self.notes: list[str] = []
        if request.init_image:
            self._pipe = model.for_image_to_image()
            self._start = self._opened(Path(request.init_image))
        self._accepted = set(inspect.signature(self._pipe.__call__).parameters)
        self._negative = self._usable_negative()

    def run(self) -> list[Picture]:
        """All pictures, each handed out as soon as it is saved.

        Raises PipelineError("out_of_memory") when every way to need less was tried.
        """
        done: list[Picture] = []
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
                for offset, image in enumerate(images):
                    done.append(self._save(image, batch, offset))
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
            **self._words(batch),
            "num_inference_steps": request.steps,
            _GUIDANCE.get(self._family.id, "guidance_scale"): request.guidance,
            "generator": [torch.Generator("cpu").manual_seed(seed) for seed in batch.seeds],
            "width": request.width,
            "height": request.height,
            "output_type": "pil",
        }
        if request.clip_skip and self._family.clip_skip:
            arguments["clip_skip"] = request.clip_skip
        if self._start is not None:
            arguments["image"] = self._start
            # At least one step: diffusers fails with none.
            arguments["strength"] = min(1.0, max(request.strength, 1.000001 / request.steps))
        return {key: value for key, value in arguments.items() if key in self._accepted}

    def _words(self, batch: _Batch) -> dict[str, Any]:
        skip = self._request.clip_skip
        weighted = any(prompts.is_weighted(text) for text in (*batch.words, self._negative))
        # diffusers 0.42 itself cannot skip layers of SD 1's encoder as transformers 5 has it.
        if self._family.weighting and (weighted or skip):
            negatives = [self._negative] * len(batch.words)
            return weighting.embed(self._pipe, self._family.id, batch.words, negatives, skip)
        if weighted:
            title = self._family.title
            self._note(f"Weights in the prompt are not used with {title} models; its words are.")
        words: dict[str, Any] = {"prompt": [prompts.plain(text) for text in batch.words]}
        if any(self._is_cut(text) for text in words["prompt"]):
            limit = self._model.ref.tokens
            self._note(f"Only the first {limit} tokens of the prompt count: it is longer.")
        # Without any negative prompt Qwen-Image leaves guidance out.
        negative = prompts.plain(self._negative) or (" " if self._family.id in _GUIDANCE else "")
        if negative:
            words["negative_prompt"] = [negative] * len(batch.words)
        return words

    def _is_cut(self, text: str) -> bool:
        """Whether the model reads only the beginning; diffusers would tell nobody but the log."""
        limit = self._model.ref.tokens
        parts = self._pipe.components
        names = sorted(n for n in parts if n.startswith("tokenizer") and parts[n] is not None)
        # Of several text encoders the last is the one that reads more than CLIP.
        tokenizer = parts[names[-1 if limit > CLIP_TOKENS else 0]]
        return len(tokenizer(text)["input_ids"]) > limit

    def _usable_negative(self) -> str:
        negative = self._request.negative_prompt.strip()
        if negative and not self._family.negative:
            self._note(f"{self._family.title} models take no negative prompt; it was left out.")
            return ""
        return negative

    def _opened(self, path: Path) -> Image.Image:
        image, notes = open_rgb(path)
        self.notes.extend(notes)
        size = (self._request.width, self._request.height)
        if image.mode == "RGBA":  # what lies under transparent parts is nobody's wish
            self._note("The picture has transparent parts: they were laid on white.")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
            image = image.convert("RGB")
        if image.size != size:  # the middle of it, so that nothing is stretched
            image = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
        return image

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

    def _save(self, image: Image.Image, batch: _Batch, offset: int) -> Picture:
        request, model = self._request, self._model
        index, seed, words = batch.first + offset, batch.seeds[offset], batch.words[offset]
        recipe = Recipe(
            request=portable(codec.to_json(request)),
            prompt=words,
            negative_prompt=self._negative,
            seed=seed,
            width=image.width,
            height=image.height,
            steps=request.steps,
            guidance=request.guidance,
            scheduler=request.scheduler or name_of(type(model.own_scheduler).__name__),
            model_name=model.ref.id,
            model_hash=model.weights_hash,
            family=self._family.id,
            strength=request.strength if request.init_image else None,
            clip_skip=request.clip_skip,
            vae=adapters.name_of(Path(request.vae)) if request.vae else "",
            loras=model.loras,
            device=model.device.title,
            dtype=str(model.dtype).removeprefix("torch."),
            notes=(*self.notes, *self._ladder.notes),
            versions=library_versions(),
        )
        path = self._ctx.folder / f"{index:04d}.png"
        save_picture(image, path, recipe, DigitalSource.GENERATED)
        picture = Picture(str(path), index, seed, words, image.width, image.height)
        self._ctx.produced(picture)
        return picture


def _as_tensor(images: list[Image.Image]) -> torch.Tensor:
    """Pictures as (n, 3, h, w) in -1 to 1."""
    rows = [
        torch.frombuffer(bytearray(i.convert("RGB").tobytes()), dtype=torch.uint8) for i in images
    ]
    width, height = images[0].size
    return torch.stack(rows).view(-1, height, width, 3).movedim(-1, 1).float() / 127.5 - 1
