"""`fabula inpaint`: draws what a mask covers anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.api import PipelineError
from pipelines.edit_requests import PREFILLS, REGIONS, InpaintRequest, Margins
from pipelines.inpaint.modes import MODES
from pipelines.limits import check_inpaint
from studio.cli import drawing_options, editing
from studio.cli.following import FAILED, WRONG, say_failure

if TYPE_CHECKING:
    import argparse

HELP = "draw a part of a picture anew"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    editing.add_picture_argument(parser)
    editing.add_mask_argument(parser)
    parser.add_argument(
        "--mode",
        choices=[mode for mode in MODES if mode != "expand"],
        default="replace",
        help="what to do there (%(default)s)",
    )
    add_drawing_arguments(parser)


def add_drawing_arguments(parser: argparse.ArgumentParser) -> None:
    """Those that `fabula expand` takes as well."""
    parser.add_argument("--prompt", default="", help="what to see there")
    drawing_options.add_model_arguments(parser)
    parser.add_argument(
        "--strength", type=float, help="how much changes, 0 to 1 (as the mode has it)"
    )
    parser.add_argument("--prefill", choices=PREFILLS, help="what the model finds there")
    parser.add_argument("--region", choices=REGIONS, default="masked", help="what the model sees")
    parser.add_argument("--context", type=int, metavar="PIXELS", help="seen around the mask")
    parser.add_argument("--grow", type=int, metavar="PIXELS", help="worked on around the mask")
    parser.add_argument("--blur", type=int, metavar="PIXELS", help="how softly that ends")
    parser.add_argument("--feather", type=int, metavar="PIXELS", help="inside the mask's edge")
    parser.add_argument(
        "--soften", type=int, default=0, metavar="PIXELS", help="outside of it, too (0)"
    )
    parser.add_argument(
        "--differential", action="store_true", help="grey parts of the mask change less"
    )
    drawing_options.add_result_arguments(parser, "a PNG, WebP or JPEG file, or a folder")


def run(options: argparse.Namespace) -> int:
    return run_mode(options, options.mode, str(options.mask.resolve()), Margins(), "inpaint")


def run_mode(options: argparse.Namespace, mode: str, mask: str, margins: Margins, verb: str) -> int:
    """Inpaints as `options` say; returns the exit code."""
    machine = drawing_options.this_machine(options)
    try:
        ref = drawing_options.model_of(options.model, machine)
        ref.check_inpaints()
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    try:
        request = InpaintRequest(
            **drawing_options.drawing_fields(options, ref, machine),
            picture=str(options.picture.resolve()),
            mask=mask,
            mode=mode,
            margins=margins,
            strength=options.strength,
            prefill=options.prefill or "",
            region=options.region,
            context=options.context,
            grow=options.grow,
            blur=options.blur,
            feather=options.feather,
            soften=options.soften,
            differential=options.differential,
        )
        check_inpaint(request)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED if error.code == "lora_not_found" else WRONG
    return editing.make(options, request, verb, machine.how)
