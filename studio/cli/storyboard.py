"""`fabula storyboard`: a Fountain script as boards, shot lists and edit lists without a window."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import atomic
from pipelines.api import PipelineError
from studio.cli import outputs
from studio.cli.following import DONE, FAILED, WRONG, say_failure
from studio.cli.terminal import printable
from studio.document.storyboard.model import ASPECTS
from studio.formats.boards.script_boards import board_from_script
from studio.formats.boards.targets import TARGETS, Work, elements_as_json, export
from studio.formats.fountain.files import read_script_text
from studio.formats.fountain.reading import read_fountain
from studio.formats.pdf.boards import GRIDS, PAPERS, Layout

if TYPE_CHECKING:
    import argparse

HELP = "break a Fountain script into shots, and write them for other programs"

_ELEMENTS = "elements"
_WRITTEN = {
    "pdf": "the boards as pages",
    "screenplay": "the script as the pages of a screenplay (PDF)",
    "fountain": "the script with its shots in notes",
    "csv": "the shot list",
    "xlsx": "the shot list as a workbook",
    "otio": "the timeline for OpenTimelineIO",
    "fcpxml": "the timeline for Final Cut Pro",
    "edl": "the timeline as a CMX 3600 edit list",
    "html": "the boards as a web page in one file",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("script", type=Path, metavar="SCRIPT", help="a .fountain file")
    for name, help_ in _WRITTEN.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"write {help_}")
    parser.add_argument(
        f"--{_ELEMENTS}", type=Path, metavar="FILE", help="write the elements of the script as JSON"
    )
    parser.add_argument("--to", choices=TARGETS, help="the one format to write; without it PDF")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to write that one")
    parser.add_argument(
        "--grid", choices=GRIDS, default="3x2", help="boards on a page (%(default)s)"
    )
    parser.add_argument("--portrait", action="store_true", help="pages stand upright")
    parser.add_argument("--paper", choices=PAPERS, default="a4", help="size of pages (%(default)s)")
    parser.add_argument(
        "--aspect", choices=ASPECTS, default="16:9", help="width to height of frames (%(default)s)"
    )
    parser.add_argument(
        "--force", action="store_true", help="without FILE: replace one that is there"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def run(options: argparse.Namespace) -> int:
    try:
        wanted = _wanted(options)
        for name, path in wanted.items():
            suffix = ".json" if name == _ELEMENTS else TARGETS[name].suffix
            outputs.check_target(path, [suffix])
            if path.exists() and options.script.exists() and path.samefile(options.script):
                raise PipelineError(
                    "bad_path", f"“{path.name}” is the script itself.", "Choose another name."
                )
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return WRONG
    notes: dict[str, list[str]] = {}
    try:
        script = read_fountain(read_script_text(options.script))
        board = replace(board_from_script(script), aspect=options.aspect)
        board = replace(board, title=board.title or options.script.stem)
        layout = Layout(options.grid, not options.portrait, options.paper)
        work = Work(board, {}, layout, script)
        for name, path in wanted.items():
            if name == _ELEMENTS:
                atomic.write_text(path, elements_as_json(script))
                continue
            made = export(name, work)
            atomic.write_bytes(path, made.content)
            notes[name] = list(made.notes)
    except PipelineError as error:
        say_failure(str(error), error.hint)
        return FAILED
    except OSError as error:
        say_failure(f"A file could not be written: {error.strerror or error}.")
        return FAILED
    if options.json:
        result = {
            "files": {name: str(path) for name, path in wanted.items()},
            "scenes": len(tuple(board.scenes)),
            "shots": len(tuple(board.shots)),
            "notes": notes,
        }
        print(json.dumps(result, ensure_ascii=False))
        return DONE
    for name, path in wanted.items():
        print(printable(str(path)))
        for note in notes.get(name, ()):
            print(printable(f"{path.name}: {note}"), file=sys.stderr)
    return DONE


def _wanted(options: argparse.Namespace) -> dict[str, Path]:
    """What to write where: by `--FORMAT FILE`, by `--to` and `-o`, or PDF beside the script.

    Raises PipelineError for two files of one format.
    """
    names = (*TARGETS, _ELEMENTS)
    wanted = {name: path for name in names if (path := getattr(options, name)) is not None}
    if options.to or options.output or not wanted:
        target = options.to or _target_of(options.output)
        if target in wanted:
            raise PipelineError("bad_path", f"{target} is asked for twice.", "Name one file.")
        path = options.output
        if path is None:
            script: Path = options.script
            end = (
                "screenplay.pdf"
                if target == "screenplay"
                else f"storyboard{TARGETS[target].suffix}"
            )
            path = script.with_name(f"{script.stem}.{end}")
            path = path if options.force else outputs.free_name(path)
        wanted[target] = path
    return wanted


def _target_of(path: Path | None) -> str:
    """The format that a name ends in; PDF where it is none."""
    suffix = path.suffix.lower() if path else ""
    return next((name for name, target in TARGETS.items() if target.suffix == suffix), "pdf")
