"""What the window asks about files, as jobs: models, tokens, facts, copies."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipelines import catalog, prompts, token_count
from pipelines.api import JobContext, PipelineError
from pipelines.cache import cache_folder
from pipelines.copies import copy_picture
from pipelines.file_facts import remembered
from pipelines.foreign_folders import with_foreign
from pipelines.how import How
from pipelines.io_requests import Copy, Count, Found, Scan
from pipelines.pictures import read_info

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.pictures import PictureInfo


def scan(request: Scan, ctx: JobContext) -> Found:
    """Reads headers only: the first time thousands of files take seconds."""
    models_in = with_foreign(request.model_folders)
    folders = (*models_in, *with_foreign(request.lora_folders))
    hub = catalog.hub_cache_folder()
    with remembered(cache_folder() / "files.json"):
        models, broken = catalog.find_models(models_in, hub, ctx.check)
        return Found(
            tuple(models),
            tuple(broken),
            tuple(catalog.find_loras(folders, ctx.check)),
            tuple(catalog.find_vaes(folders, ctx.check)),
            tuple(catalog.find_embeddings(folders, ctx.check)),
        )


def count(request: Count, _ctx: JobContext) -> int:
    """Tokens without the weights' brackets; raises PipelineError("no_tokenizer")."""
    words, _ = prompts.split_loras(request.text)
    try:
        return token_count.count_tokens(_tokenizer(request.model), prompts.plain(words))
    except OSError as error:
        raise PipelineError("no_tokenizer", str(error)) from error


@lru_cache(maxsize=8)
def _tokenizer(model: Path) -> Path:
    """The folder of the tokenizer that reads the whole prompt; of several that is the last."""
    ref = catalog.inspect_model(model)
    folder = ref.path if ref.path.is_dir() else catalog.companion_config(ref)
    found = sorted(folder.glob("tokenizer*")) if folder is not None else []
    if not found:
        raise FileNotFoundError(f"no tokenizer in {ref.path}")
    return found[-1] if ref.tokens > token_count.CLIP_TOKENS else found[0]


def picture_info(request: Path, _ctx: JobContext) -> PictureInfo:
    """What a picture file says of how it was made; raises PipelineError("bad_picture")."""
    return read_info(request)


def copy(request: Copy, _ctx: JobContext) -> Path:
    """Writes a copy of a picture and returns where; raises PipelineError with what to do."""
    try:
        copy_picture(request.source, request.target)
    except OSError as error:
        raise PipelineError(
            "copy_failed",
            f"“{request.target.name}” could not be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    return request.target


def warm_up(_request: None, ctx: JobContext) -> str:
    """Imports what the first picture needs, so that it does not wait; returns the device's name."""
    from pipelines.model_slot import import_libraries

    import_libraries(lambda message: ctx.progress(0, 0, message))
    from pipelines.devices import choose_device

    return choose_device(How.from_environment().device).title
