"""Takes the settings out of a picture's metadata, whatever program wrote it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from pipelines import codec
from pipelines.api import Lora, PipelineError, TextToImageRequest
from pipelines.limits import MAX_SEED, MAX_SIDE, MAX_STEPS, check_text_to_image
from pipelines.schedulers_table import find_scheduler
from studio.panels.imagine.add_on_names import AddOn, named, stem
from studio.panels.imagine.model_names import model_named
from studio.panels.imagine.sizes import size_text, snapped
from studio.panels.imagine.state import ImagineState, with_model
from studio.told_prompt import retyped, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.metadata.settings import Settings
    from pipelines.model_ref import ModelRef
    from pipelines.pictures import PictureInfo
    from studio.document.bible.bible import Bible
    from studio.model_shelf import ModelShelf

_LISTED = 6  # unused parts named one by one; the rest is counted


@dataclass(frozen=True, slots=True)
class Restored:
    """The new state, and sentences about what could not be taken over ("" for none)."""

    state: ImagineState
    notice: str


def says_something(info: PictureInfo) -> bool:
    """Whether the picture carries settings at all."""
    return bool(info.settings.prompt or info.request)


def restored(state: ImagineState, info: PictureInfo, models: ModelShelf, bible: Bible) -> Restored:
    """Puts what `info` says into `state`; what it does not say stays as it was.

    Entries of `bible` are mentioned again as they were; words of one that is not there stay words.
    """
    unused: list[str] = []
    model, sentence = _model(info.settings, info.request or {}, models)
    if model:
        state = with_model(state, model)
    model = model or models.find(state.model)
    if request := _own_request(info):
        state = replace(state, **_own_values(request, info.settings.seed, models, unused))
        state = _with_mentions(state, request, bible)
    else:
        unused.extend(info.unknown)
        values = _plain_values(info.settings, unused)
        if model:
            values |= _fitting(info.settings, model, models, unused)
        state = replace(state, **values)
    notices = [sentence] if sentence else []
    if unused:
        notices.append(_say("Not used: {parts}.").format(parts=_enumerated(unused)))
    return Restored(state, " ".join(notices))


def _own_request(info: PictureInfo) -> TextToImageRequest | None:
    """The request of a picture of ours, where this version can read and carry it out."""
    try:
        request = codec.from_json(info.request or {})
        check_text_to_image(request)
    except (codec.CodecError, PipelineError):
        return None
    return request if isinstance(request, TextToImageRequest) else None


def _own_values(
    request: TextToImageRequest, seed: int | None, models: ModelShelf, unused: list[str]
) -> dict[str, Any]:
    """All of a request of ours, with the picture's own seed.

    Files that lie elsewhere now are found by their names; those that are gone are left out.
    """

    def here(path: str, kind: str, shelf: Sequence[AddOn] = ()) -> str:
        # A stranger's text: too long a name raises in pathlib, a network path may keep us waiting.
        remote = path.startswith(("\\\\", "//"))
        if not path or (not remote and os.path.exists(path)):
            return path
        if found := named(path, shelf):
            return str(found.path)
        unused.append(f"{kind} {Path(path).stem}")
        return ""

    loras = (
        replace(lora, path=here(lora.path, _say("LoRA"), models.loras)) for lora in request.loras
    )
    embeddings = (here(p, _say("embedding"), models.embeddings) for p in request.embeddings)
    size = {"width": request.width, "height": request.height}
    return {
        # 0 stands for the model's own size, which the state has already.
        **{side: pixels for side, pixels in size.items() if pixels},
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "negative_open": bool(request.negative_prompt),
        "left_out": (),
        "looks": (),
        "steps": request.steps,
        "guidance": request.guidance,
        "scheduler": request.scheduler,
        "seed": request.seed if seed is None else seed,
        "strength": request.strength,
        "clip_skip": request.clip_skip,
        "init_image": here(request.init_image, _say("start picture")),
        "loras": tuple(lora for lora in loras if lora.path),
        "embeddings": tuple(path for path in embeddings if path),
        "vae": here(request.vae, _say("VAE"), models.vaes),
    }


def _with_mentions(state: ImagineState, request: TextToImageRequest, bible: Bible) -> ImagineState:
    """With what was typed for the request, where the bible still has all that it mentions."""
    typed = retyped(request, bible)
    if typed is None:
        return state
    brought = {(stem(use.path), use.weight) for use in tell(typed, bible).expansion.loras}
    return replace(
        state,
        prompt=typed.prompt,
        negative_prompt=typed.negative_prompt,
        negative_open=bool(typed.negative_prompt),
        left_out=typed.left_out,
        looks=typed.looks,
        # The entries bring these again.
        loras=tuple(use for use in state.loras if (stem(use.path), use.weight) not in brought),
    )


def _model(found: Settings, request: Any, models: ModelShelf) -> tuple[ModelRef | None, str]:
    names = [name for name in (str(request.get("model", "")), found.model or "") if name]
    for name in names:
        if model := model_named(name, models):
            return model, ""
    if not names:
        return None, ""
    missing = _say("The model “{name}” is not here; the chosen one stays.")
    return None, missing.format(name=found.model or Path(names[0]).name)


def _plain_values(found: Settings, unused: list[str]) -> dict[str, Any]:
    """What every model takes. `prompt` without a negative one means that there was none."""
    values: dict[str, Any] = {}
    if found.prompt is not None:
        values |= {"prompt": found.prompt, "negative_prompt": found.negative_prompt or ""}
        values |= {"left_out": (), "looks": ()}
        values["negative_open"] = bool(found.negative_prompt)
    if found.steps is not None and 1 <= found.steps <= MAX_STEPS:
        values["steps"] = found.steps
    if found.guidance is not None and 0 <= found.guidance <= 50:
        values["guidance"] = found.guidance
    if found.seed is not None:
        if 0 <= found.seed <= MAX_SEED:
            values["seed"] = found.seed
        else:
            unused.append(_say("seed {seed}").format(seed=found.seed))
    if found.strength is not None and 0 <= found.strength <= 1:
        values["strength"] = found.strength
    return values


def _fitting(
    found: Settings, model: ModelRef, models: ModelShelf, unused: list[str]
) -> dict[str, Any]:
    """What depends on the model that will draw."""
    family = model.family
    values: dict[str, Any] = {"scheduler": "", "loras": (), "vae": "", "clip_skip": 0}
    values["embeddings"] = _named_in_prompts(found, models) if family.embeddings else ()
    if found.width and found.height and max(found.width, found.height) <= MAX_SIDE:
        size = (snapped(found.width, family.multiple), snapped(found.height, family.multiple))
        values["width"], values["height"] = size
        if size != (found.width, found.height):
            words = _say("size {size}, now {near}")
            asked = size_text((found.width, found.height))
            unused.append(words.format(size=asked, near=size_text(size)))
    if found.scheduler:
        if find_scheduler(found.scheduler, flow=family.flow, zero_snr=model.zero_snr):
            values["scheduler"] = found.scheduler
        else:
            unused.append(_say("scheduler {name}").format(name=found.scheduler))
    if found.clip_skip and found.clip_skip > 0 and family.clip_skip:
        values["clip_skip"] = min(11, found.clip_skip)
    loras = []
    for name, weight in found.loras:
        if family.loras and (lora := named(name, models.loras)):
            loras.append(Lora(str(lora.path), min(4.0, max(-4.0, weight))))
        else:
            unused.append(_say("LoRA {name}").format(name=name))
    values["loras"] = tuple(loras)
    if found.vae:
        if vae := named(found.vae, models.vaes):
            values["vae"] = str(vae.path)
        else:
            unused.append(_say("VAE {name}").format(name=found.vae))
    return values


def _named_in_prompts(found: Settings, models: ModelShelf) -> tuple[str, ...]:
    """Embeddings are called by their names as words of the prompt."""
    words = set(re.findall(r"[\w-]+", f"{found.prompt} {found.negative_prompt}".casefold()))
    return tuple(str(e.path) for e in models.embeddings if e.id.casefold() in words)


def _enumerated(parts: Sequence[str]) -> str:
    first = ", ".join(parts[:_LISTED])
    rest = len(parts) - _LISTED
    return first if rest <= 0 else _say("{parts} and {n} more").format(parts=first, n=rest)


def _say(text: str) -> str:
    return QCoreApplication.translate("ImagineRestore", text)
