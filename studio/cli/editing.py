"""What the verbs that change a part of a picture share: they write whole pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.composing import save_composed
from pipelines.edit_requests import EditResult, Patch
from pipelines.limits import check_remove
from pipelines.pictures import open_rgb
from studio import registry
from studio.cli import outputs
from studio.cli.following import DONE, FAILED, WRONG, follow, say_failure

if TYPE_CHECKING:
    import argparse

    from pipelines.edit_requests import InpaintRequest, RemoveRequest
    from pipelines.how import How

SUFFIXES = (".png", ".webp", ".jpg", ".jpeg")
_LOSSY = "JPEG is lossy: pixels that were not painted change a little. PNG and WebP keep them."


def add_picture_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("picture", type=Path, metavar="PICTURE", help="a PNG, JPEG or WebP file")


def add_mask_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--mask",
        type=Path,
        required=True,
        metavar="PICTURE",
        help="of the same size: what is white changes, what is black stays",
    )


def make_without_model(
    options: argparse.Namespace, request: RemoveRequest, verb: str, how: How
) -> int:
    """As `make`, after a look whether `request` can be carried out."""
    try:
        check_remove(request)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    return make(options, request, verb, how)


def make(
    options: argparse.Namespace, request: InpaintRequest | RemoveRequest, verb: str, how: How
) -> int:
    """Does what `request` asks and writes a picture for each candidate; returns the exit code."""
    try:
        target = _target(options, verb)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    try:
        picture, _ = open_rgb(options.picture)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    written: list[tuple[Patch, Path]] = []
    failures: list[PipelineError] = []

    def take(item: object) -> None:
        if not isinstance(item, Patch) or failures:
            return
        path = outputs.numbered(target, item.index, request.count)
        if options.output is None and not options.force:
            path = outputs.free_name(path)
        try:
            save_composed(picture, item, request.margins, path)
        except PipelineError as error:
            failures.append(error)
            return
        written.append((item, path))
        if not options.json:
            print(path)

    code, result = follow(
        registry.pipeline(request.kind).target,
        request,
        how=how,
        take=take,
        quiet=options.quiet or options.json,
    )
    for failure in failures:
        say_failure(str(failure), failure.hint)
        return FAILED
    if code == DONE and isinstance(result, EditResult):
        lossy = (_LOSSY,) if target.suffix.lower() in (".jpg", ".jpeg") else ()
        _say_result(result, written, lossy, as_json=options.json)
    return code


def _target(options: argparse.Namespace, verb: str) -> Path:
    name = f"{options.picture.stem}.{verb}.png"
    target: Path = options.output or options.picture.with_name(name)
    if target.is_dir():
        target /= name
    outputs.check_target(target, SUFFIXES)
    return target


def _say_result(
    result: EditResult, written: list[tuple[Patch, Path]], more: tuple[str, ...], *, as_json: bool
) -> None:
    notes = (*result.notes, *more)
    if not as_json:
        for note in notes:
            say_failure(note)
        return
    told = {key: value for key, value in asdict(result).items() if key != "patches"}
    pictures = [
        {
            "path": str(path),
            "index": patch.index,
            "seed": patch.seed,
            "prompt": patch.prompt,
            "x": patch.x,
            "y": patch.y,
            "width": patch.width,
            "height": patch.height,
        }
        for patch, path in written
    ]
    print(json.dumps({**told, "notes": notes, "pictures": pictures}, ensure_ascii=False))
