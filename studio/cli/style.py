"""`fabula style`: pictures in another look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.enhance_requests import StyleRequest
from pipelines.looks import find_looks, resolve_look
from studio.cli import enhancing
from studio.cli.following import FAILED, WRONG, say_failure
from studio.library_files import slug
from studio.paths import Paths
from studio.settings_table import MODEL_FOLDERS, load_settings

if TYPE_CHECKING:
    import argparse

    from pipelines.looks import Look

HELP = "give pictures another look"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    look = parser.add_mutually_exclusive_group(required=True)
    look.add_argument(
        "--look",
        metavar="NAME",
        help='a look on this disk, a network\'s file, or a mixture as "painting-3:2,painting-7"',
    )
    look.add_argument("--like", type=Path, metavar="PICTURE", help="take the style of this one")
    parser.add_argument(
        "--strength", type=float, default=1.0, help="how much of the look, 0 to 1 (%(default)g)"
    )
    enhancing.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    folders = load_settings(Paths.default().settings_file).get(MODEL_FOLDERS)
    try:
        request, tag = _request(options, find_looks(folders))
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED if error.code == "unknown_look" else WRONG
    return enhancing.start(request, tag, options)


def _request(options: argparse.Namespace, looks: list[Look]) -> tuple[StyleRequest, str]:
    """The request without its pictures, and what the results are called."""
    enhancing.check_share("--strength", options.strength, 1)
    enhancing.check_share("--blend", options.blend, 100)
    opacity, like = options.blend / 100, ""
    if options.like is None:
        network, name, styles = resolve_look(options.look, looks)
        # These networks know no half measures: less of them is more of the original.
        opacity *= options.strength
    else:
        pair = next((look for look in looks if look.kind == "like"), None)
        if pair is None:
            raise PipelineError(
                "unknown_look",
                "The style of a picture needs the painting styles of the starter set.",
                "“fabula models install painting-styles” brings them.",
            )
        network, name, styles = str(pair.network), options.like.stem, ()
        like = str(options.like.resolve())
    request = StyleRequest(
        (),
        network,
        name,
        styles,
        like,
        options.strength if like else 1.0,
        opacity,
        str(options.mask.resolve()) if options.mask else "",
        options.keep_colours,
    )
    return request, slug(name)
