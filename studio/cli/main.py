"""The verbs of the command line, and which words mean one."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

# Named by string: the window asks whether its arguments are a verb, and must not wait for them.
VERBS = {
    "imagine": "studio.cli.imagine",
    "inpaint": "studio.cli.inpaint",
    "remove": "studio.cli.remove",
    "expand": "studio.cli.expand",
    "style": "studio.cli.style",
    "enlarge": "studio.cli.enlarge",
    "info": "studio.cli.info",
    "export": "studio.cli.export",
    "dialogue": "studio.cli.dialogue",
    "models": "studio.cli.models",
    "storyboard": "studio.cli.storyboard",
}


def is_for_command_line(arguments: Sequence[str]) -> bool:
    """Whether these are a verb, a question that needs no window, or neither that nor a file.

    The window opens files; a word that is none is a mistyped verb, and the parser says so.
    """
    return bool(arguments) and (arguments[0] in VERBS or not Path(arguments[0]).exists())


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments say; returns the exit code. Wrong ones leave with 2."""
    options = _parser().parse_args(arguments)
    work: Callable[[argparse.Namespace], int] = options.work
    return work(options)


def _parser() -> argparse.ArgumentParser:
    import argparse

    from pipelines import __version__

    parser = argparse.ArgumentParser(
        prog="fabula",
        description="Pictures and stories with models that run on this machine. "
        "Without a verb the window opens.",
        epilog="Exit codes: 0 done, 1 the work failed, 2 wrong arguments, 130 cancelled.",
    )
    parser.add_argument("--version", action="version", version=f"Fabula Studio {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for name, module_name in VERBS.items():
        module = import_module(module_name)
        verb = verbs.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(verb)
        verb.set_defaults(work=module.run)
    return parser
