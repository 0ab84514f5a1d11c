"""What is put into a loaded model: another VAE, LoRAs, embeddings."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file

from pipelines.api import Lora, PipelineError
from pipelines.cache import cache_folder
from pipelines.catalog import ModelRef, companion_config, inspect_lora
from pipelines.hashes import file_sha256
from pipelines.models import LoadedModel, Say, first_line


def use_vae(model: LoadedModel, path: str, say: Say) -> None:
    """Puts another VAE in, "" the model's own. Raises PipelineError("bad_vae")."""
    if path == model.vae_path:
        return
    vae = model.own_vae
    if path:
        say(f"Loading VAE {Path(path).stem}")
        vae_class = type(model.own_vae)
        try:
            if Path(path).is_dir():
                vae = vae_class.from_pretrained(path, dtype=model.dtype, local_files_only=True)
            else:
                config = companion_config(model.ref) or model.ref.path
                vae = vae_class.from_single_file(
                    path,
                    config=str(config),
                    subfolder="vae",
                    dtype=model.dtype,
                    local_files_only=True,
                )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise _bad_vae(model, path) from error
        if vae.config.get("latent_channels") != model.own_vae.config.get("latent_channels"):
            raise _bad_vae(model, path)
        vae.to(model.device.kind)
    model.pipe.register_modules(vae=vae)
    model.vae_path, model.factors = path, None


def _bad_vae(model: LoadedModel, path: str) -> PipelineError:
    return PipelineError(
        "bad_vae",
        f"The VAE “{Path(path).stem}” does not fit {model.ref.title}.",
        "Choose a VAE of the same family, or the model's own.",
    )


def use_loras(model: LoadedModel, loras: tuple[Lora, ...], say: Say) -> None:
    """Loads exactly these LoRAs with these weights.

    Raises PipelineError: "wrong_lora" for one of another family, "bad_lora" for a broken file.
    """
    if loras == model.loras and not _changed(model):
        return
    if loras and not model.ref.family.loras:
        raise PipelineError(
            "no_loras", f"{model.ref.family.title} models take no LoRA.", "Remove the LoRA."
        )
    for lora in loras:
        _check_lora(model.ref, lora)
    if model.loras:
        model.pipe.unload_lora_weights()
        model.loras, model.lora_hashes = (), {}
    names = []
    try:
        for index, lora in enumerate(loras):
            path = Path(lora.path)
            say(f"Loading LoRA {path.stem}")
            names.append(f"lora_{index}")
            model.pipe.load_lora_weights(
                str(path.parent),
                weight_name=path.name,
                adapter_name=names[-1],
                local_files_only=True,
            )
            model.lora_hashes[lora.path] = file_sha256(path, cache_folder() / "hashes.json")
        if names:
            model.pipe.set_adapters(names, [lora.weight for lora in loras])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        with contextlib.suppress(ValueError, KeyError, RuntimeError):
            model.pipe.unload_lora_weights()
        model.loras, model.lora_hashes = (), {}
        raise PipelineError(
            "bad_lora",
            f"The LoRA “{Path(lora.path).stem}” cannot be loaded: {first_line(error)}",
            "The file may be damaged. Get it again, or remove it from the list.",
        ) from error
    model.loras = loras


def _changed(model: LoadedModel) -> bool:
    """Whether a LoRA's file is another one now than when it was loaded."""
    cache = cache_folder() / "hashes.json"
    try:
        return any(file_sha256(Path(p), cache) != known for p, known in model.lora_hashes.items())
    except OSError:
        return True


def _check_lora(ref: ModelRef, lora: Lora) -> None:
    found = inspect_lora(Path(lora.path))
    if found.family is not None and found.family.id != ref.family.id:
        raise PipelineError(
            "wrong_lora",
            f"The LoRA “{found.title}” was made for {found.family.title}, "
            f"and “{ref.title}” is a {ref.family.title} model.",
            "Remove the LoRA, or choose a model of its family.",
        )


def use_embeddings(model: LoadedModel, paths: tuple[str, ...], say: Say) -> None:
    """Loads exactly these textual inversions; their word is the file's name.

    Raises PipelineError("bad_embedding") if one does not fit.
    """
    if paths == model.embeddings:
        return
    if paths and not model.ref.family.embeddings:
        title = model.ref.family.title
        raise PipelineError("no_embeddings", f"{title} models take no embeddings.", "Remove them.")
    if model.embeddings:
        _unload_embeddings(model)
    for path in paths:
        say(f"Loading embedding {Path(path).stem}")
        try:
            _load_embedding(model.pipe, Path(path))
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            _unload_embeddings(model)
            raise PipelineError(
                "bad_embedding",
                f"The embedding “{Path(path).stem}” does not fit {model.ref.title}.",
                "Remove it, or choose a model of its family.",
            ) from error
        model.embeddings = (*model.embeddings, path)


def _unload_embeddings(model: LoadedModel) -> None:
    """Takes all of them out, half-loaded ones too. diffusers does one text encoder at a time."""
    for number in ("", "_2"):
        encoder = getattr(model.pipe, f"text_encoder{number}", None)
        if encoder is not None:
            tokenizer = getattr(model.pipe, f"tokenizer{number}")
            model.pipe.unload_textual_inversion(text_encoder=encoder, tokenizer=tokenizer)
    model.embeddings = ()


def _load_embedding(pipe: Any, path: Path) -> None:
    if getattr(pipe, "text_encoder_2", None) is None:
        pipe.load_textual_inversion(str(path), token=path.stem, local_files_only=True)
        return
    vectors = load_file(str(path))
    for key, encoder, tokenizer in (
        ("clip_l", pipe.text_encoder, pipe.tokenizer),
        ("clip_g", pipe.text_encoder_2, pipe.tokenizer_2),
    ):
        pipe.load_textual_inversion(
            {path.stem: vectors[key]}, token=path.stem, text_encoder=encoder, tokenizer=tokenizer
        )
