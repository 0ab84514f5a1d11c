"""What is put into a loaded model: another VAE, LoRAs, embeddings."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file

from pipelines.adapters import name_of
from pipelines.api import Lora, PipelineError
from pipelines.cache import cache_folder
from pipelines.catalog import ModelRef, companion_config, inspect_lora
from pipelines.hashes import file_sha256
from pipelines.headers import read_header
from pipelines.models import LoadedModel, Say, first_line, vae_weights
from pipelines.sources import source_of


def use_vae(model: LoadedModel, path: str, say: Say) -> None:
    """Puts another VAE in, "" the model's own. Raises PipelineError("bad_vae")."""
    source = source_of(path)
    if source == model.vae:
        return
    vae = model.own_vae
    if path:
        say(f"Loading VAE {name_of(Path(path))}")
        vae_class = type(model.own_vae)
        for file in vae_weights(Path(path)):
            _refuse_pickle(file)
        try:
            if Path(path).is_dir():
                vae = vae_class.from_pretrained(
                    path, dtype=model.dtype, use_safetensors=True, local_files_only=True
                )
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
    model.pipe.register_modules(vae=vae)
    model.vae, model.factors = source, None
    if model.ladder.offloaded:  # once more, for the new part to be moved like the others
        model.pipe.enable_model_cpu_offload(device=model.device.kind)
    else:
        vae.to(model.device.kind)


def _refuse_pickle(file: Path) -> None:
    """diffusers would open one, and it could run a program. Other damage it finds itself."""
    try:
        read_header(file)
    except PipelineError as error:
        if error.code == "pickle":
            raise


def _bad_vae(model: LoadedModel, path: str) -> PipelineError:
    return PipelineError(
        "bad_vae",
        f"The VAE “{name_of(Path(path))}” does not fit {model.ref.title}.",
        "Choose a VAE of the same family, or the model's own.",
    )


def use_loras(model: LoadedModel, loras: tuple[Lora, ...], say: Say) -> None:
    """Loads exactly these LoRAs with these weights.

    Raises PipelineError: "wrong_lora" for one of another family, "bad_lora" for a broken file.
    """
    sources = tuple((source_of(lora.path), lora.weight) for lora in loras)
    if sources == model.lora_sources:
        return
    if loras and not model.ref.family.loras:
        raise PipelineError(
            "no_loras", f"{model.ref.family.title} models take no LoRA.", "Remove the LoRA."
        )
    for lora in loras:
        _check_lora(model.ref, lora)
    if model.loras:
        model.pipe.unload_lora_weights()
        model.loras, model.lora_sources = (), ()
    names, loaded = [], []
    try:
        for index, lora in enumerate(loras):
            path = Path(lora.path)
            say(f"Loading LoRA {name_of(path)}")
            names.append(f"lora_{index}")
            model.pipe.load_lora_weights(
                str(path.parent),
                weight_name=path.name,
                adapter_name=names[-1],
                local_files_only=True,
            )
            digest = file_sha256(path, cache_folder() / "hashes.json")
            loaded.append((name_of(path), lora.weight, digest))
        if names:
            model.pipe.set_adapters(names, [lora.weight for lora in loras])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        with contextlib.suppress(ValueError, KeyError, RuntimeError):
            model.pipe.unload_lora_weights()
        raise PipelineError(
            "bad_lora",
            f"The LoRA “{name_of(Path(lora.path))}” cannot be loaded: {first_line(error)}",
            "The file may be damaged. Get it again, or remove it from the list.",
        ) from error
    model.loras, model.lora_sources = tuple(loaded), sources


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
    """Loads exactly these textual inversions; their word is `EmbeddingRef.id`.

    Raises PipelineError("bad_embedding") if one does not fit.
    """
    sources = tuple(map(source_of, paths))
    if sources == model.embeddings:
        return
    if paths and not model.ref.family.embeddings:
        title = model.ref.family.title
        raise PipelineError("no_embeddings", f"{title} models take no embeddings.", "Remove them.")
    if model.embeddings:
        _unload_embeddings(model)
    for source in sources:
        path = source[0]
        say(f"Loading embedding {name_of(Path(path))}")
        _refuse_pickle(Path(path))
        try:
            _load_embedding(model.pipe, Path(path))
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            _unload_embeddings(model)
            raise PipelineError(
                "bad_embedding",
                f"The embedding “{name_of(Path(path))}” does not fit {model.ref.title}.",
                "Remove it, or choose a model of its family.",
            ) from error
        model.embeddings = (*model.embeddings, source)


def _unload_embeddings(model: LoadedModel) -> None:
    """Takes all of them out, half-loaded ones too. diffusers does one text encoder at a time."""
    for number in ("", "_2"):
        encoder = getattr(model.pipe, f"text_encoder{number}", None)
        if encoder is not None:
            tokenizer = getattr(model.pipe, f"tokenizer{number}")
            model.pipe.unload_textual_inversion(text_encoder=encoder, tokenizer=tokenizer)
    model.embeddings = ()


def _load_embedding(pipe: Any, path: Path) -> None:
    word = name_of(path)
    if getattr(pipe, "text_encoder_2", None) is None:
        pipe.load_textual_inversion(str(path), token=word, local_files_only=True)
        return
    vectors = load_file(str(path))
    for key, encoder, tokenizer in (
        ("clip_l", pipe.text_encoder, pipe.tokenizer),
        ("clip_g", pipe.text_encoder_2, pipe.tokenizer_2),
    ):
        pipe.load_textual_inversion(
            {word: vectors[key]}, token=word, text_encoder=encoder, tokenizer=tokenizer
        )
