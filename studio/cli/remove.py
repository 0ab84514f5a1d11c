"""`fabula remove`: fills what a mask covers from its surroundings, without any model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.edit_requests import METHODS, RemoveRequest
from pipelines.how import How
from studio.cli import drawing_options, editing

if TYPE_CHECKING:
    import argparse

HELP = "take something out of a picture, without a model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    editing.add_picture_argument(parser)
    editing.add_mask_argument(parser)
    parser.add_argument(
        "--method", choices=METHODS, default="auto", help="how it is filled (%(default)s)"
    )
    parser.add_argument("--context", type=int, metavar="PIXELS", help="taken from around the mask")
    parser.add_argument("--feather", type=int, default=0, metavar="PIXELS", help="inside its edge")
    parser.add_argument(
        "--soften", type=int, default=0, metavar="PIXELS", help="outside of it, too (0)"
    )
    drawing_options.add_result_arguments(parser, "a PNG, WebP or JPEG file, or a folder")


def run(options: argparse.Namespace) -> int:
    request = RemoveRequest(
        picture=str(options.picture.resolve()),
        mask=str(options.mask.resolve()),
        method=options.method,
        context=options.context,
        feather=options.feather,
        soften=options.soften,
        seed=drawing_options.seed_of(options),
        count=options.count,
    )
    return editing.make_without_model(options, request, "remove", How())
