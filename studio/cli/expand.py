"""`fabula expand`: a picture that goes on beyond its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.edit_requests import Margins, RemoveRequest
from studio.cli import drawing_options, editing
from studio.cli.following import WRONG, say_failure
from studio.cli.inpaint import add_drawing_arguments, run_mode

if TYPE_CHECKING:
    import argparse

HELP = "let a picture go on beyond its edges; without --prompt no model is needed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    editing.add_picture_argument(parser)
    for side in ("left", "top", "right", "bottom"):
        parser.add_argument(f"--{side}", type=int, default=0, metavar="PIXELS")
    add_drawing_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """With words a model draws; without, pieces of the picture are put together."""
    margins = Margins(options.left, options.top, options.right, options.bottom)
    if not margins:
        say_failure("The picture would not grow.", "Give pixels, as in --left 256.")
        return WRONG
    if options.prompt.strip():
        return run_mode(options, "expand", "", margins, "expand")
    request = RemoveRequest(
        picture=str(options.picture.resolve()),
        margins=margins,
        method="exemplar",
        context=options.context,
        soften=options.soften,
        seed=drawing_options.seed_of(options),
        count=options.count,
    )
    return editing.make_without_model(
        options, request, "expand", drawing_options.this_machine(options).how
    )
