"""A model in diffusers' folder layout: is all of it there, and what is it?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.api import PipelineError
from pipelines.families import FAMILIES, family, family_of_class, shapes_of
from pipelines.headers import read_header
from pipelines.limits import MAX_SIDE, MIN_SIDE
from pipelines.model_facts import asks_for_a_program, described, read_json, usual_defaults
from pipelines.model_ref import Defaults, ModelRef

if TYPE_CHECKING:
    from pipelines.families import Family

INDEX = "model_index.json"

_LEFT_OUT = {"safety_checker", "feature_extractor", "image_encoder"}
"""Components that pictures are drawn without: the model opens whether or not they are there."""

_VARIANTS = ("", "fp16", "bf16")
_STEMS = ("diffusion_pytorch_model", "model")
_PICKLES = {".bin", ".pt", ".pth", ".ckpt"}
_TOKENIZER_FILES = ("tokenizer.json", "vocab.json", "tokenizer.model", "spiece.model")
_WITHOUT_WEIGHTS = re.compile(r"(Tokenizer(Fast)?|Scheduler|Processor|FeatureExtractor)$")
_LONGEST_PROMPT = 10_000
"""Tokens. Tokenizers without a limit give 10**30 for it."""


def inspect_folder(path: Path) -> ModelRef:
    """What lies in a folder with a `model_index.json`; no weight is read.

    Raises PipelineError: "not_found", "not_a_model", "unknown_family", "missing_component",
    "truncated", "pickle" or "foreign_code".
    """
    if not path.is_dir():
        raise PipelineError(
            "not_found", f"There is no folder {path}.", "Was it moved, or its disk unplugged?"
        )
    if not (path / INDEX).exists():
        raise PipelineError(
            "not_a_model",
            f"{path} is not a model's folder: it has no {INDEX}.",
            "Choose the folder that holds it, or a .safetensors file.",
        )
    index = read_json(path / INDEX)
    hub_id = _hub_id(path)
    name = hub_id.rpartition("/")[2] or path.resolve().name
    found = _family(index, path, name)
    files: list[Path] = []
    variants = set()
    for component, class_name in _components(index, name).items():
        variant, weights = _check_component(path / component, class_name, name)
        variants.add(variant)
        files += weights
    defaults, tokens = _facts(found, index, path, name)
    published = defaults.width == found.size
    ref = ModelRef(
        id=hub_id or path.resolve().name,
        path=path,
        family=found,
        defaults=defaults,
        title=name,
        size_bytes=sum(file.stat().st_size for file in files),
        licence=_licence_of_card(path) or found.licence,
        kind="hub" if hub_id else "folder",
        shapes=found.shapes if published else shapes_of(defaults.width, found.multiple),
        tokens=tokens,
        inpaint=_expects_mask(index, path),
        variant=max(variants, default=""),
        zero_snr=_is_zero_snr(path),
    )
    return described(ref, path)


def _is_zero_snr(path: Path) -> bool:
    config = path / "scheduler" / "scheduler_config.json"
    return config.is_file() and read_json(config).get("rescale_betas_zero_snr") is True


def component_weights(folder: Path) -> tuple[str, list[Path]]:
    """The variant, as "fp16" or "", and the weights of one component, as diffusers picks them.

    An empty list where there are none. Raises PipelineError "not_a_model" for a damaged list of
    shards.
    """
    for variant in _VARIANTS:
        dotted = f".{variant}" if variant else ""
        for stem in _STEMS:
            whole = folder / f"{stem}{dotted}.safetensors"
            if whole.exists():
                return variant, [whole]
            shards = folder / f"{stem}.safetensors.index{dotted}.json"
            if shards.exists():
                return variant, _shards(shards)
    return "", []


def _shards(index: Path) -> list[Path]:
    names = read_json(index).get("weight_map", {})
    if not isinstance(names, dict) or not all(
        isinstance(name, str) and Path(name).name == name for name in names.values()
    ):
        raise PipelineError(
            "not_a_model",
            f"{index.parent.name}/{index.name} is damaged: it names no weights.",
            "Download the model again.",
        )
    return [index.parent / name for name in sorted(set(names.values()))]


def _family(index: dict[str, Any], path: Path, name: str) -> Family:
    class_name = index.get("_class_name")
    found = family_of_class(class_name) if isinstance(class_name, str) else None
    if found is None:
        raise PipelineError(
            "unknown_family",
            f"“{name}” is made for {class_name}, which this version cannot draw with.",
            f"It draws with {', '.join(each.title for each in FAMILIES)}.",
        )
    if found.id == "sd1" and _config(path / "unet").get("cross_attention_dim") == 1024:
        return family("sd2")
    return found


def _components(index: dict[str, Any], name: str) -> dict[str, str]:
    """Component to class name, without those that are left out or absent on purpose."""
    parts: dict[str, str] = {}
    for component, value in index.items():
        if component in _LEFT_OUT or not isinstance(value, list) or len(value) != 2:
            continue
        library, class_name = value
        if class_name is None:
            continue
        if library not in ("diffusers", "transformers") or not isinstance(class_name, str):
            raise PipelineError(
                "foreign_code",
                f"“{name}” needs a program of its own ({library}) to run.",
                "Such programs are never run here. Choose another model.",
            )
        parts[component] = class_name
    return parts


def _check_component(folder: Path, class_name: str, name: str) -> tuple[str, list[Path]]:
    """Raises PipelineError unless the component is complete."""
    if class_name.endswith("Scheduler"):
        needed: tuple[str, ...] = ("scheduler_config.json",)
    elif "Tokenizer" in class_name:
        needed = _TOKENIZER_FILES
    elif _WITHOUT_WEIGHTS.search(class_name):
        needed = ("preprocessor_config.json", "processor_config.json")
    else:
        needed = ("config.json",)
    if not any((folder / file).exists() for file in needed):
        raise _missing(name, f"{folder.name}/{needed[0]}")
    if _WITHOUT_WEIGHTS.search(class_name):
        return "", []
    _refuse_foreign_code(folder, name)
    variant, files = component_weights(folder)
    if not files:
        if any(file.suffix in _PICKLES for file in folder.iterdir()):
            raise PipelineError(
                "pickle",
                f"“{name}” has its {folder.name} only as a pickle, which could run a program.",
                "Download its .safetensors files, or convert it.",
            )
        raise _missing(name, f"{folder.name}/{_STEMS[0]}.safetensors")
    for file in files:
        if not file.exists():
            raise _missing(name, f"{folder.name}/{file.name}")
        try:
            read_header(file)
        except PipelineError as error:
            raise PipelineError(
                error.code, f"“{name}” cannot be used: {folder.name}/{error}", error.hint
            ) from error
    return variant, files


def _missing(name: str, file: str) -> PipelineError:
    return PipelineError(
        "missing_component",
        f"“{name}” is incomplete: {file} is missing.",
        "Download the model again, with all its files.",
    )


def _refuse_foreign_code(folder: Path, name: str) -> None:
    """A config can name a repository whose code transformers would fetch and run."""
    if asks_for_a_program(read_json(folder / "config.json")):
        raise PipelineError(
            "foreign_code",
            f"“{name}” asks for a stranger's program in {folder.name}/config.json.",
            "Such programs are never run here. Choose another model.",
        )


def _facts(found: Family, index: dict[str, Any], path: Path, name: str) -> tuple[Defaults, int]:
    """The defaults and the longest prompt, as the components' configurations give them."""
    size = _native_size(path) or found.size
    defaults = usual_defaults(found, name, size, inpaint=_expects_mask(index, path))
    tokens = found.tokens
    if found.id in ("sd1", "sd2", "sdxl"):
        limit = _config(path / "tokenizer", "tokenizer_config.json").get("model_max_length")
        if isinstance(limit, int) and 0 < limit < _LONGEST_PROMPT:
            tokens = limit
    if index.get("_class_name") == "LatentConsistencyModelPipeline":
        defaults = Defaults(size, size, 4, 8.0)
    if found.id == "flux" and not _config(path / "transformer").get("guidance_embeds", True):
        defaults, tokens = Defaults(size, size, 4, 0.0), 256  # schnell, as published
    if found.id == "flux2" and not index.get("is_distilled", True):
        defaults = Defaults(size, size, 50, 4.0)  # klein base
    return defaults, tokens


def _native_size(path: Path) -> int:
    """Pixels a side that the model was trained on, 0 where no configuration says so."""
    for component in ("unet", "transformer"):
        side = _config(path / component).get("sample_size")
        vae = _config(path / "vae")
        blocks = vae.get("block_out_channels") or vae.get("encoder_block_out_channels")
        if isinstance(side, int) and isinstance(blocks, list):
            pixels = side * int(2 ** (len(blocks) - 1))
            return pixels if MIN_SIDE <= pixels <= MAX_SIDE else 0
    return 0


def _expects_mask(index: dict[str, Any], path: Path) -> bool:
    return (
        index.get("_class_name") == "FluxFillPipeline"
        or _config(path / "unet").get("in_channels") == 9
        or _config(path / "transformer").get("in_channels") == 384
    )


def _config(folder: Path, name: str = "config.json") -> dict[str, Any]:
    path = folder / name
    return read_json(path) if path.exists() else {}


def _hub_id(path: Path) -> str:
    """`org/name` for a snapshot in the Hugging Face cache, else ""."""
    repository = path.absolute().parent.parent.name
    if path.absolute().parent.name != "snapshots" or not repository.startswith("models--"):
        return ""
    return repository.removeprefix("models--").replace("--", "/", 1)


def _licence_of_card(path: Path) -> str:
    """The licence that the front matter of the model's README names, else ""."""
    card = path / "README.md"
    if not card.is_file():
        return ""
    with card.open(encoding="utf-8", errors="replace") as file:
        head = file.read(8192)
    front = re.match(r"---\n(.*?)\n---", head, re.DOTALL)
    if front is None:
        return ""
    pairs = re.findall(r"^(license(?:_name)?): *[\"']?([^\n\"']+)", front[1], re.MULTILINE)
    named: dict[str, str] = dict(pairs)
    licence = named.get("license", "")
    return named.get("license_name", licence) if licence == "other" else licence
