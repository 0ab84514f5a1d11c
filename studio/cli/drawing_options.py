"""What every verb that draws with a model takes: the model, how it is asked, where it goes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import catalog, prompts
from pipelines.api import Lora, PipelineError
from pipelines.how import How
from pipelines.limits import MAX_SEED
from pipelines.schedulers_table import find_scheduler, scheduler_names
from studio.cli.following import say_failure
from studio.document import project_file
from studio.document.bible.bible import Bible
from studio.document.bible.entry_json import read_bible
from studio.document.errors import ProjectError
from studio.paths import Paths
from studio.settings_table import (
    DEVICE,
    LORA_FOLDERS,
    MEMORY_SHARE,
    MODEL_FOLDERS,
    WILDCARDS_FOLDER,
    load_settings,
)
from studio.told_prompt import Told, Typed, tell

if TYPE_CHECKING:
    import argparse

    from pipelines.catalog import ModelRef


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--negative", default="", metavar="TEXT", help="what not to see")
    parser.add_argument(
        "-m", "--model", default="starter-icons", help="name, folder or file (%(default)s)"
    )
    parser.add_argument("--steps", type=int, help="denoising steps (the model's own)")
    parser.add_argument("--guidance", type=float, help="guidance scale (the model's own)")
    parser.add_argument("--scheduler", default="", help='as "DPM++ 2M Karras" (the model\'s own)')
    parser.add_argument(
        "--lora", action="append", default=[], metavar="NAME[:WEIGHT]", help="may be repeated"
    )
    parser.add_argument("--embedding", action="append", default=[], metavar="FILE")
    parser.add_argument("--vae", default="", metavar="FILE")
    parser.add_argument("--clip-skip", type=int, default=0, metavar="LAYERS")
    parser.add_argument(
        "--project", type=Path, metavar="FILE", help="a .fabula file whose bible @names mean"
    )
    parser.add_argument("--wildcards", type=Path, metavar="FOLDER", help="text files for __name__")
    parser.add_argument("--device", choices=("auto", "cuda", "mps", "xpu", "cpu"))


def add_result_arguments(parser: argparse.ArgumentParser, output: str) -> None:
    """`output` says what `-o` may name."""
    parser.add_argument("--seed", type=int, help="0 to 4294967295 (random)")
    parser.add_argument("-n", "--count", type=int, default=1, help="how many pictures")
    parser.add_argument("-o", "--output", type=Path, help=output)
    parser.add_argument("--force", action="store_true", help="replace existing files")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def seed_of(options: argparse.Namespace) -> int:
    """The seed that was given, else any."""
    seed: int | None = options.seed
    return secrets.randbelow(MAX_SEED + 1) if seed is None else seed


@dataclass(frozen=True, slots=True)
class Machine:
    """This person's folders, and how jobs are done here."""

    how: How
    model_folders: tuple[Path, ...]
    lora_folders: tuple[Path, ...]
    wildcards: Path


def this_machine(options: argparse.Namespace) -> Machine:
    """What the settings say, and `options` in their place."""
    paths = Paths.default()
    settings = load_settings(paths.settings_file)
    return Machine(
        How(options.device or settings.get(DEVICE), False, settings.get(MEMORY_SHARE)),
        settings.get(MODEL_FOLDERS),
        settings.get(LORA_FOLDERS),
        options.wildcards or settings.get(WILDCARDS_FOLDER) or paths.wildcards,
    )


def model_of(name_or_path: str, machine: Machine) -> ModelRef:
    """Looks through the folders only where a name has to be found, or a file's other parts.

    Raises PipelineError as `catalog.resolve` does.
    """
    path = Path(name_or_path).expanduser()
    if path.exists():
        ref = catalog.inspect_model(path)
        if not ref.missing:
            return ref
    models, _ = catalog.find_models(machine.model_folders, catalog.hub_cache_folder())
    return catalog.resolve(name_or_path, models)


def drawing_fields(options: argparse.Namespace, ref: ModelRef, machine: Machine) -> dict[str, Any]:
    """The fields that all requests for a drawing have, by name.

    Raises PipelineError: "unknown_scheduler", "lora_not_found", or what is wrong with the project.
    """
    kind = {"flow": ref.family.flow, "zero_snr": ref.zero_snr}
    if options.scheduler and find_scheduler(options.scheduler, **kind) is None:
        names = ", ".join(scheduler_names(**kind))
        raise PipelineError(
            "unknown_scheduler", f"There is no scheduler “{options.scheduler}”.", f"Use {names}."
        )
    told = _told(options)
    prompt, tags = prompts.split_loras(told.expansion.prompt)
    given = [_lora_option(text) for text in options.lora]
    brought = [(Path(lora.path).stem, lora.weight) for lora in told.expansion.loras]
    return {
        "model": str(ref.path),
        "companion": str(ref.companion or ""),
        "prompt": prompt,
        "negative_prompt": told.expansion.negative,
        **told.signature,
        "steps": ref.defaults.steps if options.steps is None else options.steps,
        "guidance": ref.defaults.guidance if options.guidance is None else options.guidance,
        "scheduler": options.scheduler or ref.defaults.scheduler,
        "seed": seed_of(options),
        "count": options.count,
        "loras": _loras((*brought, *given, *tags), (*machine.model_folders, *machine.lora_folders)),
        "embeddings": tuple(str(Path(name).resolve()) for name in options.embedding),
        "vae": str(Path(options.vae).resolve()) if options.vae else "",
        "clip_skip": options.clip_skip,
        "wildcards": str(machine.wildcards.resolve()),
    }


def _told(options: argparse.Namespace) -> Told:
    """The prompts with what the project says of the names in them; says which it does not know."""
    typed = Typed(options.prompt, options.negative)
    if options.project is None:
        return tell(typed, Bible())
    try:
        with project_file.opened(options.project) as db:
            bible = read_bible(project_file.read_documents(db).values())
    except ProjectError as error:
        raise PipelineError(error.code, str(error), error.hint) from error
    told = tell(typed, bible)
    for name in told.expansion.unknown:
        say_failure(f"The project's bible has no “{name}”; it stays as it is written.")
    return told


def _lora_option(text: str) -> tuple[str, float]:
    name, separator, weight = text.rpartition(":")
    try:
        return (name, float(weight)) if separator else (text, 1.0)
    except ValueError:  # a colon in the path
        return text, 1.0


def _loras(wanted: tuple[tuple[str, float], ...], folders: tuple[Path, ...]) -> tuple[Lora, ...]:
    """By path, else by name; the folders are looked through only for a name.

    Of several weights for the same file the last holds.
    """
    known: dict[str, Path] = {}
    if not all(Path(name).is_file() for name, _ in wanted):
        known = {lora.id: lora.path for lora in catalog.find_loras(folders)}
    found: dict[str, Lora] = {}
    for name, weight in wanted:
        path = Path(name) if Path(name).is_file() else known.get(name)
        if path is None:
            raise PipelineError(
                "lora_not_found", f"There is no LoRA “{name}”.", "Give its path, or add its folder."
            )
        found[str(path.resolve())] = Lora(str(path.resolve()), weight)
    return tuple(found.values())
