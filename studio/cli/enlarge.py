"""`fabula enlarge`: larger pictures."""

from __future__ import annotations

import argparse

from pipelines.api import PipelineError
from pipelines.enhance_requests import EnlargeRequest
from pipelines.enlarge.sizes import check_size
from pipelines.looks import find_enlargers, resolve_enlarger
from studio.cli import enhancing
from studio.cli.following import FAILED, WRONG, say_failure
from studio.paths import Paths
from studio.settings_table import MODEL_FOLDERS, load_settings

HELP = "enlarge pictures"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--scale", type=float, default=4.0, help="times each side (%(default)g)")
    size.add_argument("--size", type=_size, metavar="WxH", help="pixels, as 1920x1080")
    parser.add_argument(
        "--network", default="", metavar="NAME", help="on this disk, or a file (x4plus)"
    )
    enhancing.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    folders = load_settings(Paths.default().settings_file).get(MODEL_FOLDERS)
    try:
        enhancing.check_share("--blend", options.blend, 100)
        network, variant = resolve_enlarger(options.network, find_enlargers(folders))
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED if error.code == "unknown_look" else WRONG
    width, height = options.size or (0, 0)
    mask = str(options.mask.resolve()) if options.mask else ""
    request = EnlargeRequest(
        (), network, variant, options.scale, width, height, options.blend / 100, mask,
        options.keep_colours,
    )  # fmt: skip
    try:
        check_size(request)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    tag = f"{width}x{height}" if width else f"x{options.scale:g}"
    return enhancing.start(request, tag, options)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    try:
        size = int(width), int(height)
    except ValueError:
        size = (0, 0)
    if min(size) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write it as 1920x1080")
    return size
