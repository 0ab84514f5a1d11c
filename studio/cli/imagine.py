"""`fabula imagine`: words to pictures without a window."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import atomic, catalog, prompts
from pipelines.api import Lora, Picture, PipelineError, TextToImageRequest, TextToImageResult
from pipelines.limits import MAX_SEED, check_text_to_image
from pipelines.schedulers_table import find_scheduler, scheduler_names
from studio import registry
from studio.cli import outputs
from studio.cli.following import DONE, FAILED, WRONG, follow, say_failure
from studio.library_files import slug
from studio.paths import Paths
from studio.settings_table import (
    DEVICE,
    LORA_FOLDERS,
    MEMORY_SHARE,
    MODEL_FOLDERS,
    WILDCARDS_FOLDER,
    load_settings,
)

if TYPE_CHECKING:
    import argparse

    from pipelines.catalog import ModelRef
from pipelines.how import How

HELP = "draw pictures from words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("prompt", help="what to see")
    parser.add_argument("--negative", default="", metavar="TEXT", help="what not to see")
    parser.add_argument(
        "-m", "--model", default="starter-icons", help="name, folder or file (%(default)s)"
    )
    parser.add_argument("--steps", type=int, help="denoising steps (the model's own)")
    parser.add_argument("--guidance", type=float, help="guidance scale (the model's own)")
    parser.add_argument("--scheduler", default="", help='as "DPM++ 2M Karras" (the model\'s own)')
    parser.add_argument("--seed", type=int, help="0 to 4294967295 (random)")
    parser.add_argument("--width", type=int, help="pixels (the model's own)")
    parser.add_argument("--height", type=int, help="pixels (the model's own)")
    parser.add_argument("-n", "--count", type=int, default=1, help="how many pictures")
    parser.add_argument("--batch-size", type=int, default=1, help="how many at a time")
    parser.add_argument("--init", type=Path, metavar="PICTURE", help="begin from this picture")
    parser.add_argument(
        "--strength", type=float, default=0.6, help="how much of it changes, 0 to 1"
    )
    parser.add_argument(
        "--lora", action="append", default=[], metavar="NAME[:WEIGHT]", help="may be repeated"
    )
    parser.add_argument("--embedding", action="append", default=[], metavar="FILE")
    parser.add_argument("--vae", default="", metavar="FILE")
    parser.add_argument("--clip-skip", type=int, default=0, metavar="LAYERS")
    parser.add_argument("--wildcards", type=Path, metavar="FOLDER", help="text files for __name__")
    parser.add_argument("--device", choices=("auto", "cuda", "mps", "xpu", "cpu"))
    parser.add_argument("-o", "--output", type=Path, help="a PNG file, or a folder")
    parser.add_argument("--force", action="store_true", help="replace existing files")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def run(options: argparse.Namespace) -> int:
    paths = Paths.default()
    settings = load_settings(paths.settings_file)
    how = How(options.device or settings.get(DEVICE), False, settings.get(MEMORY_SHARE))
    wildcards = options.wildcards or settings.get(WILDCARDS_FOLDER) or paths.wildcards
    folders = settings.get(MODEL_FOLDERS)
    try:
        ref = _model(options.model, folders)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    try:
        request = _request(options, ref, (*folders, *settings.get(LORA_FOLDERS)), wildcards)
        target = _target(options, request)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED if error.code == "lora_not_found" else WRONG
    written: list[Picture] = []

    def take(item: object) -> None:
        if isinstance(item, Picture):
            path = outputs.numbered(target, item.index, request.count)
            if options.output is None and not options.force:
                path = outputs.free_name(path)
            atomic.move(Path(item.path), path)
            written.append(Picture(**{**asdict(item), "path": str(path)}))
            if not options.json:
                print(path)

    spec = registry.pipeline(request.kind)
    code, result = follow(
        spec.target, request, how=how, take=take, quiet=options.quiet or options.json
    )
    if code == DONE and isinstance(result, TextToImageResult):
        _say_result(result, written, as_json=options.json)
    return code


def _model(name_or_path: str, folders: tuple[Path, ...]) -> ModelRef:
    """Looks through the folders only where a name has to be found, or a file's other parts."""
    path = Path(name_or_path).expanduser()
    if path.exists():
        ref = catalog.inspect_model(path)
        if not ref.missing:
            return ref
    models, _ = catalog.find_models(folders, catalog.hub_cache_folder())
    return catalog.resolve(name_or_path, models)


def _request(
    options: argparse.Namespace, ref: ModelRef, lora_folders: tuple[Path, ...], wildcards: Path
) -> TextToImageRequest:
    for side in (options.width, options.height):
        if side == 0:
            raise PipelineError("bad_size", "A side of 0 pixels cannot be drawn.")
    kind = {"flow": ref.family.flow, "zero_snr": ref.zero_snr}
    if options.scheduler and find_scheduler(options.scheduler, **kind) is None:
        names = ", ".join(scheduler_names(**kind))
        raise PipelineError(
            "unknown_scheduler", f"There is no scheduler “{options.scheduler}”.", f"Use {names}."
        )
    prompt, tags = prompts.split_loras(options.prompt)
    given = [_lora_option(text) for text in options.lora]
    request = TextToImageRequest(
        model=str(ref.path),
        companion=str(ref.companion or ""),
        prompt=prompt,
        negative_prompt=options.negative,
        width=options.width or ref.defaults.width,
        height=options.height or ref.defaults.height,
        steps=ref.defaults.steps if options.steps is None else options.steps,
        guidance=ref.defaults.guidance if options.guidance is None else options.guidance,
        scheduler=options.scheduler or ref.defaults.scheduler,
        seed=secrets.randbelow(MAX_SEED + 1) if options.seed is None else options.seed,
        count=options.count,
        batch_size=options.batch_size,
        init_image=str(options.init.resolve()) if options.init else "",
        strength=options.strength,
        loras=_loras((*given, *tags), lora_folders),
        embeddings=tuple(str(Path(name).resolve()) for name in options.embedding),
        vae=str(Path(options.vae).resolve()) if options.vae else "",
        clip_skip=options.clip_skip,
        wildcards=str(wildcards.resolve()),
    )
    check_text_to_image(request)
    return request


def _lora_option(text: str) -> tuple[str, float]:
    name, separator, weight = text.rpartition(":")
    try:
        return (name, float(weight)) if separator else (text, 1.0)
    except ValueError:  # a colon in the path
        return text, 1.0


def _loras(wanted: tuple[tuple[str, float], ...], folders: tuple[Path, ...]) -> tuple[Lora, ...]:
    """By path, else by name; the folders are looked through only for a name."""
    known: dict[str, Path] = {}
    if not all(Path(name).is_file() for name, _ in wanted):
        known = {lora.id: lora.path for lora in catalog.find_loras(folders)}
    found = []
    for name, weight in wanted:
        path = Path(name) if Path(name).is_file() else known.get(name)
        if path is None:
            raise PipelineError(
                "lora_not_found", f"There is no LoRA “{name}”.", "Give its path, or add its folder."
            )
        found.append(Lora(str(path.resolve()), weight))
    return tuple(found)


def _target(options: argparse.Namespace, request: TextToImageRequest) -> Path:
    name = f"{slug(request.prompt)}.imagine.png"
    target: Path = options.output or Path(name)
    if target.is_dir():
        target /= name
    if target.suffix.lower() != ".png":
        raise PipelineError(
            "bad_path", f"“{target.name}” is no PNG file.", "Let the name end in .png."
        )
    if not target.parent.is_dir():
        raise PipelineError("bad_path", f"There is no folder “{target.parent}”.", "Make it first.")
    return target


def _say_result(result: TextToImageResult, written: list[Picture], *, as_json: bool) -> None:
    if as_json:
        pictures = [asdict(picture) for picture in written]
        print(json.dumps({**asdict(result), "pictures": pictures}, ensure_ascii=False))
        return
    for note in result.notes:
        say_failure(note)
