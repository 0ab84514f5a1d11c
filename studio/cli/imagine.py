"""`fabula imagine`: words to pictures without a window."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import atomic
from pipelines.api import Picture, PipelineError, TextToImageRequest, TextToImageResult
from pipelines.limits import check_text_to_image
from studio import registry
from studio.cli import drawing_options, outputs
from studio.cli.following import DONE, FAILED, WRONG, follow, say_failure
from studio.library_files import slug

if TYPE_CHECKING:
    import argparse

    from pipelines.catalog import ModelRef
    from studio.cli.drawing_options import Machine

HELP = "draw pictures from words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("prompt", help="what to see")
    drawing_options.add_model_arguments(parser)
    parser.add_argument("--width", type=int, help="pixels (the model's own)")
    parser.add_argument("--height", type=int, help="pixels (the model's own)")
    parser.add_argument("--batch-size", type=int, default=1, help="how many at a time")
    parser.add_argument("--init", type=Path, metavar="PICTURE", help="begin from this picture")
    parser.add_argument(
        "--strength", type=float, default=0.6, help="how much of it changes, 0 to 1"
    )
    drawing_options.add_result_arguments(parser, "a PNG file, or a folder")


def run(options: argparse.Namespace) -> int:
    machine = drawing_options.this_machine(options)
    try:
        ref = drawing_options.model_of(options.model, machine)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    try:
        request = _request(options, ref, machine)
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
        spec.target, request, how=machine.how, take=take, quiet=options.quiet or options.json
    )
    if code == DONE and isinstance(result, TextToImageResult):
        _say_result(result, written, as_json=options.json)
    return code


def _request(options: argparse.Namespace, ref: ModelRef, machine: Machine) -> TextToImageRequest:
    for side in (options.width, options.height):
        if side == 0:
            raise PipelineError("bad_size", "A side of 0 pixels cannot be drawn.")
    request = TextToImageRequest(
        **drawing_options.drawing_fields(options, ref, machine),
        width=options.width or ref.defaults.width,
        height=options.height or ref.defaults.height,
        batch_size=options.batch_size,
        init_image=str(options.init.resolve()) if options.init else "",
        strength=options.strength,
    )
    check_text_to_image(request)
    return request


def _target(options: argparse.Namespace, request: TextToImageRequest) -> Path:
    name = f"{slug(request.typed_prompt or request.prompt)}.imagine.png"
    target: Path = options.output or Path(name)
    if target.is_dir():
        target /= name
    outputs.check_target(target, (".png",))
    return target


def _say_result(result: TextToImageResult, written: list[Picture], *, as_json: bool) -> None:
    if as_json:
        pictures = [asdict(picture) for picture in written]
        print(json.dumps({**asdict(result), "pictures": pictures}, ensure_ascii=False))
        return
    for note in result.notes:
        say_failure(note)
